"""Recibir un acta vieja: pegada o en archivo."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from sesiones.forms.base import FormaMesa
from sesiones.historicas import leer
from sesiones.models import Organo
from stl_portal.archivo import almacen
from stl_portal.espanol import peso


class FormaRecibir(FormaMesa):
    """El órgano y el texto, de una de las dos maneras; limpia deja `leido`, `propuesta` y `nombre`."""

    organo = forms.ModelChoiceField(Organo.objects.none(), label="De qué órgano es el acta")
    archivo = forms.FileField(
        label="Archivo",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(leer.TERMINACIONES)}),
        error_messages={"empty": "El archivo está vacío."},
    )
    texto = forms.CharField(
        label="O pega aquí su texto",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Como venga: con números de renglón, encabezados repetidos y lo que haya dejado el OCR.",
    )

    def __init__(
        self, organos: QuerySet[Organo], etiquetas: dict[int, str], *args: Any, **kwargs: Any
    ) -> None:
        """Ofrece los órganos que la cuenta conduce."""
        super().__init__(*args, **kwargs)
        self.ofrecer("organo", organos, lambda organo: etiquetas[organo.pk])
        maximo = peso(settings.ARCHIVO_MAXIMO)
        ayuda = f"PDF con texto, Word (DOCX), LibreOffice (ODT) o texto (TXT). Hasta {maximo}."
        self.fields["archivo"].help_text = ayuda

    def clean_archivo(self) -> Any:
        """Rechaza por tamaño antes de leer nada."""
        subido = self.cleaned_data["archivo"]
        if subido and subido.size > settings.ARCHIVO_MAXIMO:
            raise ValidationError(almacen.muy_grande(subido.size))
        return subido

    def clean(self) -> dict[str, Any]:
        """Lee el texto y propone; lo que falle se dice en el campo por donde llegó."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return datos
        subido, pegado = datos["archivo"], datos["texto"]
        campo = "archivo" if subido else "texto"
        try:
            if bool(subido) == bool(pegado.strip()):
                raise ValidationError("Sube el archivo o pega el texto: una de las dos cosas.")
            datos["leido"] = leer.de_archivo(subido) if subido else pegado
            datos["propuesta"] = leer.proponer(datos["leido"])
        except ValidationError as error:
            self.add_error(campo, error)
        datos["nombre"] = subido.name if subido else "Texto pegado"
        return datos
