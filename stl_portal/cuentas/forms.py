"""Los formularios de la cuenta con nuestras palabras."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError

DISTINTAS = "Las dos contraseñas no son iguales: escríbelas otra vez."


class NuestrasPalabras(forms.Form):
    """Etiquetas de tú y sin ejemplos dentro de los campos: desaparecen al escribir y confunden."""

    ETIQUETAS: ClassVar[dict[str, str]] = {
        "login": "Correo electrónico",
        "email": "Correo electrónico",
        "password": "Contraseña",
        "oldpassword": "Contraseña actual",
        "password1": "Contraseña nueva",
        "password2": "Contraseña nueva, otra vez",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Cambia las etiquetas y quita los ejemplos."""
        super().__init__(*args, **kwargs)
        for nombre, campo in self.fields.items():
            campo.widget.attrs.pop("placeholder", None)
            campo.label = self.ETIQUETAS.get(nombre, campo.label)
        for nombre in {"password", "oldpassword"} & set(self.fields):
            self.fields[nombre].help_text = ""  # la página ya enlaza «¿Olvidaste tu contraseña?»

    def add_error(self, field: str | None, error: ValidationError | str | Any) -> None:
        """La única frase suelta que allauth anota en la repetición es que no coinciden."""
        suelta = field == "password2" and not isinstance(error, ValidationError)
        super().add_error(field, DISTINTAS if suelta else error)


class Entrada(NuestrasPalabras, allauth.LoginForm):
    """Entrar con correo y contraseña."""


class Olvidada(NuestrasPalabras, allauth.ResetPasswordForm):
    """Pedir la liga para elegir contraseña."""


class Elegida(NuestrasPalabras, allauth.ResetPasswordKeyForm):
    """Elegir contraseña con la liga del correo."""


class Cambiada(NuestrasPalabras, allauth.ChangePasswordForm):
    """Cambiar la contraseña, sabiendo la actual."""


class Puesta(NuestrasPalabras, allauth.SetPasswordForm):
    """Poner contraseña a una cuenta que no tenía."""


class Confirmada(NuestrasPalabras, allauth.ReauthenticateForm):
    """Repetir la contraseña para seguir."""
