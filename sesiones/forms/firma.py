"""Formularios de la hoja de firmas: no firmar, y subir lo que se firmó a mano."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sesiones.models import LugarDeFirma
from stl_portal.archivo.forms import CampoArchivo
from stl_portal.archivo.models import Archivo
from stl_portal.cuentas.forms import Identificada

from .base import FormaMesa, Linea

DE_ESCANEO = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}


class FormaSimple(Identificada):
    """Contraseña y segundo paso otra vez, para firmar."""

    nombre = "forma_simple"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Con sus propios identificadores, como las demás formas de la página."""
        super().__init__(*args, auto_id="forma_simple_%s", **kwargs)


class FormaNegarse(FormaMesa):
    """Por qué no firma."""

    nombre = "forma_negarse"

    motivo = Linea(
        label="No firmo, porque…",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Se publica con el acta y tu nombre. Mientras se siga firmando, puedes cambiar de opinión.",
        error_messages={"required": "Escribe por qué no firmas."},
    )


class FormaEscaneo(FormaMesa):
    """La hoja firmada a mano y de quiénes son las firmas que trae."""

    nombre = "forma_escaneo"

    lugares = forms.TypedMultipleChoiceField(
        label="¿Quiénes firmaron en esa hoja?",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Marca de quién es cada firma de la hoja.",
            "invalid_choice": "Alguien de los que marcaste ya tiene su firma: revisa la lista.",
        },
    )
    archivo = CampoArchivo(
        label="Hoja escaneada",
        help_text="PDF, JPEG o PNG. Se conserva tal cual y solo la abre quien conduce.",
    )

    def __init__(self, *args: Any, faltan: list[LugarDeFirma], **kwargs: Any) -> None:
        """Ofrece a quienes no han firmado."""
        super().__init__(*args, **kwargs)
        lugares: Any = self.fields["lugares"]
        lugares.choices = [(lugar.pk, lugar.nombre) for lugar in faltan]
        self.fields["archivo"].widget.attrs["accept"] = ".pdf,.jpg,.jpeg,.png"

    def clean_archivo(self) -> Archivo:
        """Un escaneo se puede ver sin programas especiales."""
        archivo: Archivo = self.cleaned_data["archivo"]
        if archivo.tipo not in DE_ESCANEO:
            raise ValidationError("La hoja escaneada va en PDF, JPEG o PNG.")
        return archivo
