"""Orden del día: agregar, editar y mover puntos."""

from typing import Any

from django import forms

from sesiones.estados import TipoPunto
from sesiones.models import Punto, Sesion
from sesiones.models.agenda import NIVELES

from .base import FormaMesa, Linea


class FormaPunto(FormaMesa):
    """Punto nuevo o corregido."""

    nombre = "forma_punto"

    titulo = Linea(label="Título del punto", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    padre = forms.ModelChoiceField(
        label="Dentro de", queryset=Punto.objects.none(), required=False, empty_label="Primer nivel"
    )
    tipo = forms.ChoiceField(choices=TipoPunto.choices, initial=TipoPunto.ASUNTO)
    propuesto_por = Linea(label="A propuesta de", required=False, max_length=200)
    refiere_literal = Linea(
        label="Acuerdo o acta a que se refiere",
        required=False,
        max_length=200,
        help_text="Por ejemplo: cuarto acuerdo de la XVII Sesión.",
    )

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Ofrece como padre los puntos de la sesión."""
        super().__init__(*args, **kwargs)
        self.ofrecer("padre", sesion.puntos.all())
        campo: Any = self.fields["padre"]
        campo.choices = [("", "Primer nivel"), *map(con_sangria, admiten_incisos(sesion))]


def admiten_incisos(sesion: Sesion) -> list[Punto]:
    """Los puntos que aún pueden tener otro dentro."""
    return [punto for punto in sesion.puntos.en_arbol() if punto.nivel < NIVELES - 1]


def con_sangria(punto: Punto) -> tuple[int, str]:
    """La opción del punto, con una raya por nivel."""
    return punto.pk, f"{'— ' * punto.nivel}{punto.etiqueta} {punto.titulo}"[:80]


class FormaMover(FormaMesa):
    """Mover con botones (`subir`, `bajar`) o a un lugar (arrastre)."""

    nombre = "forma_mover"

    hacia = forms.ChoiceField(
        choices=[("subir", "Subir"), ("bajar", "Bajar"), ("lugar", "A un lugar")], required=False
    )
    padre = forms.ModelChoiceField(queryset=Punto.objects.none(), required=False)
    lugar = forms.IntegerField(min_value=1, max_value=500, required=False)

    def __init__(self, sesion: Sesion, *args: Any, **kwargs: Any) -> None:
        """Limita el padre a la misma sesión."""
        super().__init__(*args, **kwargs)
        self.ofrecer("padre", sesion.puntos.all())
