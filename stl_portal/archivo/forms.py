"""El campo con que cualquier formulario recibe un archivo."""

from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat

from . import almacen, tipos
from .inspeccion import ArchivoRechazado
from .models import Archivo

SAL = "archivo.recibido"
VIGENCIA = 24 * 3600  # segundos que vale la ficha de un archivo ya recibido


class EntradaArchivo(forms.FileInput):
    """Selector de archivo que no pierde lo recibido cuando otro campo tuvo un error.

    El navegador vacía el selector al volver a mostrar el formulario; una ficha firmada recuerda
    el archivo que ya quedó guardado.
    """

    template_name = "archivo/entrada.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """El archivo recién subido o, si no hay, el que se recibió en el intento anterior."""
        subido = super().value_from_datadict(data, files, name)
        return subido or _desde_ficha(data.get(f"{name}-recibido", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Solo falta si no vino ni el archivo ni su ficha."""
        return super().value_omitted_from_data(data, files, name) and f"{name}-recibido" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Agrega el archivo ya recibido y su ficha."""
        contexto = super().get_context(name, value, attrs)
        recibido = _recibido(value)
        if recibido is not None:
            contexto["widget"]["attrs"].pop("required", None)
            ficha = signing.dumps(recibido.huella, salt=SAL)
            contexto["recibido"] = {"nombre": recibido.nombre, "ficha": ficha, "campo": f"{name}-recibido"}
        return contexto


def _recibido(valor: Any) -> Archivo | None:
    """El archivo que ya se tiene: el inicial de un formulario de modelo (su id) o el recién guardado."""
    if isinstance(valor, int):
        return Archivo.objects.filter(pk=valor).first()
    return valor if isinstance(valor, Archivo) else getattr(valor, "archivo", None)


def _desde_ficha(ficha: str) -> Archivo | None:
    """Archivo de una ficha firmada y vigente."""
    try:
        huella = signing.loads(ficha, salt=SAL, max_age=VIGENCIA)
    except signing.BadSignature:
        return None
    return Archivo.objects.filter(huella=huella).first()


class CampoArchivo(forms.FileField):
    """Campo de archivo cuyo valor limpio es un `Archivo` guardado (o None).

    Guarda dentro de `clean`: es un efecto, pero inocuo porque el almacén va por huella (repetir
    no duplica) y nadie ve un archivo que ninguna fila use. A cambio, los formularios solo hacen
    `form.cleaned_data["archivo"]` y un error en otro campo no obliga a subirlo de nuevo.
    Quien construye el formulario puede asignar `form.fields["archivo"].por = usuario`.
    """

    widget = EntradaArchivo
    default_error_messages = {
        "required": "Elige un archivo.",
        "invalid": "No llegó ningún archivo. Elígelo de nuevo.",
        "missing": "No llegó ningún archivo. Elígelo de nuevo.",
        "empty": "El archivo está vacío.",
    }

    def __init__(self, *, por: Any = None, **opciones: Any) -> None:
        """`por` es la cuenta que sube."""
        self.por = por
        maximo = filesizeformat(settings.ARCHIVO_MAXIMO)
        opciones.setdefault("help_text", f"{tipos.ACEPTADOS}. Hasta {maximo}.")
        super().__init__(**opciones)
        self.widget.attrs.setdefault("accept", tipos.ACCEPT)

    def clean(self, data: Any, initial: Any = None) -> Archivo | None:
        """El archivo guardado; el inicial si no se mandó otro. Lanza `ValidationError` con la frase."""
        if isinstance(data, Archivo):
            return data
        if not data and initial:
            return initial if isinstance(initial, Archivo) else Archivo.objects.get(pk=initial)
        subido = super().clean(data, None)
        if not subido:
            return None
        try:
            subido.archivo = almacen.guardar(subido, self.por)
        except ArchivoRechazado as rechazo:
            raise ValidationError(rechazo.frase, code="archivo_rechazado") from rechazo
        return subido.archivo

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Al repintar, lo que ya se recibió (Django lo olvidaría y habría que subirlo de nuevo)."""
        return _recibido(data) or initial

    def to_python(self, data: Any) -> Any:
        """Rechaza por tamaño antes de leer nada."""
        subido = super().to_python(data)
        if subido and subido.size > settings.ARCHIVO_MAXIMO:
            raise ValidationError(almacen.muy_grande(subido.size), code="muy_grande")
        return subido
