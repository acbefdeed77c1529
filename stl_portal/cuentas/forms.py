"""Formularios de entrada con nuestras palabras."""

from typing import Any

from allauth.account.forms import LoginForm


class Entrada(LoginForm):
    """Entrada con correo y contraseña, sin ejemplos dentro de los campos."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Quita los textos de ejemplo: desaparecen al escribir y confunden."""
        super().__init__(*args, **kwargs)
        for campo in self.fields.values():
            campo.widget.attrs.pop("placeholder", None)
        self.fields["login"].label = "Correo electrónico"
        self.fields["password"].help_text = ""
