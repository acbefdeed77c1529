"""Lo que se decide de un evento: publicarlo, darlo por celebrado o cancelarlo diciendo por qué."""

from typing import Any

from django import forms

from sesiones.eventos.estados import TRANSICIONES_EVENTO
from sesiones.forms.base import FormaMesa, Linea


class FormaDecidir(FormaMesa):
    """Un botón por verbo; el motivo solo se pide al cancelar y se publica."""

    verbo = forms.ChoiceField(
        choices=[(verbo, paso.dicho) for verbo, paso in TRANSICIONES_EVENTO.items()],
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), "No se entendió qué hacer: usa los botones de la página."
        ),
    )
    motivo = Linea(
        label="Por qué se cancela",
        max_length=300,
        required=False,
        help_text="Se publica en la página del evento.",
    )

    def clean(self) -> dict[str, Any]:
        """Cancelar lleva motivo."""
        datos: dict[str, Any] = super().clean() or self.cleaned_data
        if datos.get("verbo") == "cancelar" and not datos.get("motivo") and "motivo" not in self.errors:
            self.add_error("motivo", "Escribe por qué se cancela: se publica.")
        return datos
