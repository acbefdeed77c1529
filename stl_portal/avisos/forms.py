"""La forma de seguir un tema por correo."""

from typing import Any

from django import forms

from .registro import Tema


class Seguir(forms.Form):
    """Qué seguir y a qué correo."""

    temas = forms.MultipleChoiceField(
        label="Qué quieres seguir",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Elige al menos una cosa que seguir.",
            "invalid_choice": "Eso ya no se puede seguir: elige de la lista.",
        },
    )
    correo = forms.EmailField(
        label="Tu correo",
        max_length=254,
        help_text="Te mandaremos una liga para confirmar que es tuyo.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Escribe tu correo.",
            "invalid": "Escribe el correo completo, como nombre@ejemplo.mx.",
        },
    )

    def __init__(self, *args: Any, temas: dict[str, Tema], **kwargs: Any) -> None:
        """Ofrece esos temas; si solo hay uno, ya viene elegido."""
        super().__init__(*args, **kwargs)
        self.ofrecidos = temas
        self.fields["temas"].choices = [(clave, str(tema)) for clave, tema in temas.items()]  # type: ignore[attr-defined]
        if len(temas) == 1:
            self.initial["temas"] = list(temas)

    @property
    def elegidos(self) -> list[Tema]:
        """Los temas pedidos, ya validados."""
        return [self.ofrecidos[clave] for clave in self.cleaned_data["temas"]]
