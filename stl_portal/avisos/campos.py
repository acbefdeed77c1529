"""El campo donde alguien sin cuenta escribe su correo: pregunta, seguir… el mismo en todas las formas."""

from typing import Any

from django import forms


class CampoCorreo(forms.EmailField):
    """Un correo, en minúsculas: es la misma persona como quiera que lo escriba."""

    default_error_messages = {  # así la declara Django
        "required": "Escribe tu correo.",
        "invalid": "Escribe el correo completo, como nombre@ejemplo.mx.",
    }

    def __init__(self, *, help_text: str) -> None:
        """`help_text` dice para qué se pide."""
        entrada = forms.EmailInput(attrs={"autocomplete": "email"})
        super().__init__(label="Tu correo", max_length=254, help_text=help_text, widget=entrada)

    def clean(self, value: Any) -> str:
        """Lanza `ValidationError` si falta o no es un correo."""
        correo: str = super().clean(value)
        return correo.lower()
