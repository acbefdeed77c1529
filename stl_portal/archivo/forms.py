"""Los campos con que cualquier formulario recibe archivos: uno, o varios a la vez."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from stl_portal.espanol import peso

from . import almacen, fichas, tipos
from .antivirus import SinRevisar
from .inspeccion import ArchivoRechazado
from .models import Archivo
from .nombres import limpiar_nombre


class EntradaArchivo(forms.FileInput):
    """Selector de archivo que no pierde lo recibido cuando otro campo tuvo un error.

    El navegador vacía el selector al volver a mostrar el formulario; una ficha firmada recuerda
    el archivo que ya quedó guardado.
    """

    template_name = "archivo/entrada.html"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """El archivo recién subido o, si no hay, el que se recibió en el intento anterior."""
        subido = super().value_from_datadict(data, files, name)
        return subido or fichas.tomar(data.get(f"{name}-recibido", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Solo falta si no vino ni el archivo ni su ficha."""
        return super().value_omitted_from_data(data, files, name) and f"{name}-recibido" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Agrega el archivo ya recibido y su ficha."""
        contexto = super().get_context(name, value, attrs)
        recibido = _recibido(value)
        if recibido is not None:
            contexto["widget"]["attrs"].pop("required", None)
            contexto["recibido"] = _con_ficha(recibido, name)
        return contexto


def _recibido(valor: Any) -> Archivo | None:
    """El archivo que ya se tiene: el inicial de un formulario de modelo (su id) o el recién guardado."""
    if isinstance(valor, int):
        return Archivo.objects.filter(pk=valor).first()
    return valor if isinstance(valor, Archivo) else getattr(valor, "archivo", None)


def _con_ficha(archivo: Archivo, nombre: str) -> dict[str, str]:
    """Lo que la entrada escribe de un archivo ya recibido."""
    return {"nombre": archivo.nombre, "ficha": fichas.dar(archivo), "campo": f"{nombre}-recibido"}


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
        maximo = peso(settings.ARCHIVO_MAXIMO)
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
        except SinRevisar as error:  # lo demás que se escribió se conserva en su forma
            raise ValidationError(str(error), code="sin_revisar") from error
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


@dataclass(frozen=True)
class Rechazo:
    """Un archivo que no se aceptó y por qué."""

    nombre: str
    frase: str

    def __str__(self) -> str:
        return f"«{self.nombre}»: {self.frase}"


class Recibidos(list[Archivo]):
    """Los archivos guardados, sin repetir y en su orden; `rechazados` son los que no se aceptaron."""

    def __init__(self) -> None:
        """Todavía ninguno."""
        super().__init__()
        self.rechazados: list[Rechazo] = []


class EntradaArchivos(forms.FileInput):
    """Selector de varios archivos; lo que ya se recibió viaja como fichas en `<nombre>-recibido`."""

    template_name = "archivo/entradas.html"
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """Los archivos de las fichas vigentes y los recién subidos."""
        recibidos = [fichas.tomar(ficha) for ficha in data.getlist(f"{name}-recibido")]
        return [*filter(None, recibidos), *files.getlist(name)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Solo falta si no vino ni un archivo ni una ficha."""
        return name not in files and f"{name}-recibido" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Agrega los archivos ya recibidos y sus fichas."""
        contexto = super().get_context(name, None, attrs)
        ya = filter(None, map(_recibido, value or ()))
        contexto["recibidos"] = [_con_ficha(archivo, name) for archivo in ya]
        if contexto["recibidos"]:
            contexto["widget"]["attrs"].pop("required", None)
        return contexto


class CampoArchivos(forms.Field):
    """Campo de varios archivos cuyo valor limpio es `Recibidos`.

    Un archivo que no se acepta no detiene a los demás: queda en `rechazados`, con su frase. Solo es un error
    del formulario si no se aceptó ninguno. Quien lo construye asigna `form.fields["archivos"].por = usuario`.
    """

    widget = EntradaArchivos
    default_error_messages = {"required": "Elige al menos un archivo."}

    def __init__(self, *, por: Any = None, **opciones: Any) -> None:
        """`por` es la cuenta que sube."""
        self.por = por
        opciones.setdefault("help_text", CampoArchivo().help_text)
        super().__init__(**opciones)
        self.widget.attrs.setdefault("accept", tipos.ACCEPT)

    def clean(self, value: Any) -> Recibidos:
        """Lo que se aceptó y lo que no. Lanza `ValidationError` si nada se aceptó."""
        recibidos = Recibidos()
        for dato in value or ():
            self._recibir(dato, recibidos)
        if recibidos.rechazados and not recibidos:
            raise ValidationError([str(rechazo) for rechazo in recibidos.rechazados], code="rechazados")
        if self.required and not recibidos:
            raise ValidationError(self.error_messages["required"], code="required")
        return recibidos

    def _recibir(self, dato: Any, recibidos: Recibidos) -> None:
        """Pone el archivo donde le toca."""
        try:
            archivo = CampoArchivo(por=self.por).clean(dato)
        except ValidationError as error:
            recibidos.rechazados.append(Rechazo(limpiar_nombre(dato.name), error.messages[0]))
        else:
            if archivo is not None and archivo not in recibidos:
                recibidos.append(archivo)
