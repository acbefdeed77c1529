"""Formularios del paso «Acta»: un párrafo, la forma del documento y la fe de erratas."""

from typing import Any

from django import forms

from sesiones.estados import EstiloActa
from stl_portal.texto import limpiar

from .base import FormaMesa, Linea, Parrafos


class FormaParrafo(FormaMesa):
    """El texto de una persona, el generado que tenía a la vista y la versión leída."""

    nombre = "forma_parrafo"

    texto = Parrafos(label="Texto del párrafo", widget=forms.Textarea(attrs={"rows": 8}))
    base = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def clean_base(self) -> str:
        """Los navegadores envían los saltos de línea a su modo."""
        return str(self.cleaned_data["base"]).replace("\r\n", "\n")


class FormaEstilo(FormaMesa):
    """Qué estilo lleva el acta y si se numeran sus renglones."""

    nombre = "forma_estilo"

    estilo = forms.ChoiceField(label="Estilo del acta", choices=EstiloActa.choices)
    renglones = forms.BooleanField(
        label="Numerar los renglones", required=False, help_text="Permite citar «acta, renglón 41» en el PDF."
    )


class FormaFeDeErratas(FormaMesa):
    """Por qué se corrige un acta ya publicada; se imprime en la versión nueva."""

    nombre = "forma_errata"

    motivo = Linea(
        label="Qué se corrige y por qué",
        max_length=500,
        help_text="Se imprime en la versión nueva y es público.",
    )


class FormaDevolver(FormaMesa):
    """Por qué un acta aprobada, aún sin sellar, vuelve a borrador."""

    nombre = "forma_devolver"

    motivo = Linea(label="Por qué se devuelve", max_length=500, help_text="Queda en la historia del acta.")


class FormaDescartar(FormaMesa):
    """Por qué se descarta una fe de erratas que nadie ha circulado."""

    nombre = "forma_descartar"

    motivo = Linea(label="Por qué se descarta", max_length=500, help_text="Queda en la historia del acta.")


def mismo_texto(uno: str, otro: str) -> bool:
    """Si dicen lo mismo, sin atender a espacios ni saltos de línea de más."""
    return limpiar(uno).split() == limpiar(otro).split()


def base_de(datos: dict[str, Any], generado: str) -> str:
    """El texto generado que la persona tenía a la vista; si es el de ahora, ese mismo."""
    visto = datos["base"] or generado
    return generado if mismo_texto(visto, generado) else visto
