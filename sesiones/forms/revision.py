"""Formularios de la revisión del acta: observar, responder por la ronda que se leyó y atender."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from sesiones.estados import Atencion
from sesiones.models import Observacion, Ronda

from .base import FormaMesa, Llano

RENGLON_MAXIMO = 9999
SIN_RONDA = "Vuelve a abrir la revisión y responde otra vez."


class FormaRonda(FormaMesa):
    """Una acción sobre la ronda que la persona tenía a la vista."""

    nombre = "forma_ronda"

    ronda = forms.IntegerField(
        label="", widget=forms.HiddenInput, error_messages={"required": SIN_RONDA, "invalid": SIN_RONDA}
    )

    def exigir_la_misma(self, actual: Ronda | None) -> None:
        """Lanza `ValidationError` si después de leer empezó otra: nadie responde por un texto que no vio."""
        if actual is None or self.cleaned_data["ronda"] != actual.pk:
            raise ValidationError(
                "Mientras leías empezó otra ronda con un texto nuevo. Léelo antes de responder.",
                code="estado",
            )


class FormaObservacion(FormaRonda):
    """Lo que alguien pide corregir, en un párrafo o en toda el acta."""

    nombre = "forma_observacion"

    clave = forms.CharField(max_length=80, required=False, widget=forms.HiddenInput)
    texto = Llano(
        label="Tu observación",
        max_length=4000,
        help_text="Di qué debe decir o qué falta.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Escribe qué debe corregirse."},
    )
    renglon = forms.IntegerField(
        label="Renglón impreso",
        required=False,
        min_value=1,
        max_value=RENGLON_MAXIMO,
        help_text="Si lees el PDF numerado.",
    )

    def reponer(self, actual: Ronda, claves: Collection[str]) -> None:
        """La deja lista para enviarse otra vez, sobre el texto que ahora se muestra."""
        datos: Any = self.data.copy()  # type: ignore[attr-defined]  # siempre es un QueryDict
        datos["ronda"] = str(actual.pk)
        if datos.get("clave") not in claves:
            datos["clave"] = ""
        self.data, self.auto_id = datos, ids_de(datos["clave"])


class FormaAtencion(FormaMesa):
    """«Incorporada» o «no, porque…», sobre la respuesta que se tenía a la vista."""

    nombre = "forma_atencion"
    ALIAS: ClassVar[Mapping[str, str]] = {"__all__": "porque"}  # su única regla es decir por qué

    atencion = forms.ChoiceField(
        label="",
        choices=[(a.value, a.label) for a in Atencion if a != Atencion.PENDIENTE],
        error_messages={"required": "Di si se incorpora o no.", "invalid_choice": "Di si se incorpora o no."},
    )
    porque = Llano(
        label="Por qué no se incorpora",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    visto = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def exigir_lo_visto(self, observacion: Observacion) -> None:
        """Lanza `ValidationError` si alguien la respondió después de pintarse la página."""
        if self.cleaned_data["visto"] != momento_de(observacion):
            raise ValidationError(
                "Otra persona respondió esta observación mientras escribías. Mira su respuesta y decide.",
                code="estado",
            )


def momento_de(observacion: Observacion) -> str:
    """Cuándo se atendió por última vez, para reconocer la respuesta que se tenía a la vista."""
    return observacion.atendida_el.isoformat() if observacion.atendida_el else ""


def forma_para(ronda: Ronda, clave: str) -> FormaObservacion:
    """La forma vacía de un párrafo; con clave vacía, la de toda el acta."""
    inicial: dict[str, Any] = {"ronda": ronda.pk, "clave": clave}
    return FormaObservacion(initial=inicial, auto_id=ids_de(clave))


def ids_de(clave: str) -> str:
    """Cada párrafo tiene su forma: sus identificadores llevan la clave."""
    return f"observar-{clave or 'general'}_%s"


def forma_de(observacion: Observacion) -> FormaAtencion:
    """La forma para atender esa observación, con la respuesta que ya tenga."""
    inicial = {"porque": observacion.porque, "visto": momento_de(observacion)}
    return FormaAtencion(initial=inicial, auto_id=ids_para(observacion))


def ids_para(observacion: Observacion) -> str:
    """Como `ids_de`, para la forma que atiende una observación."""
    return f"atender-{observacion.pk}_%s"
