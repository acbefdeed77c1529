"""Los formularios de la cuenta con nuestras palabras."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter as del_ingreso
from allauth.account.forms import PasswordField
from allauth.mfa.adapter import get_adapter as de_dos_pasos
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as llaves
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from . import anotar, demostracion, invitaciones, segundo_factor

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
        "code": "Código",
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
    """Pedir la liga para elegir contraseña; la cuenta que nadie ha abierto se abre con su invitación."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Manda la liga o lo que toque; la página que sigue es la misma para cualquier correo."""
        esperan = [una for cuenta in self.users if (una := invitaciones.sin_abrir(cuenta))]
        for una in esperan:
            invitaciones.decir_que_sigue(una)
        if esperan:
            return str(self.cleaned_data["email"])
        return str(super().save(request, **kwargs))


class Elegida(NuestrasPalabras, allauth.ResetPasswordKeyForm):
    """Elegir contraseña con la liga del correo."""


class Cambiada(NuestrasPalabras, allauth.ChangePasswordForm):
    """Cambiar la contraseña, sabiendo la actual."""


class Puesta(NuestrasPalabras, allauth.SetPasswordForm):
    """Poner contraseña a una cuenta que no tenía."""


class Aceptada(NuestrasPalabras, allauth.SetPasswordForm):
    """La contraseña de la cuenta que se abre con una invitación."""


class Confirmada(NuestrasPalabras, allauth.ReauthenticateForm):
    """Repetir la contraseña para seguir."""


DE_LA_APLICACION = "Los seis dígitos que muestra tu aplicación en este momento."
O_DE_RECUPERACION = f"{DE_LA_APLICACION} Si no la tienes a la mano, uno de tus códigos de recuperación."


class DeUnSoloUso(mfa.BaseAuthenticateForm):
    """Pide el código y no lo acepta dos veces."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dice de dónde sale el código; con teclado de números, porque no lleva letras."""
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = O_DE_RECUPERACION
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    @property
    def de_demostracion(self) -> str | None:
        """El código que sirve ahora, si la cuenta es de las de la demostración (`demostracion.codigo`)."""
        return demostracion.codigo(self.user)

    def clean_code(self) -> str:
        """Comprueba el código y lo gasta."""
        try:
            codigo: str = super().clean_code()
        except ValidationError:
            anotar.codigo_malo(self.user)
            raise
        if not segundo_factor.gastar(self.authenticator, codigo):
            anotar.codigo_malo(self.user)
            raise de_dos_pasos().validation_error("incorrect_code")
        return codigo


class SegundoPaso(NuestrasPalabras, DeUnSoloUso, mfa.AuthenticateForm):
    """El código, después de la contraseña, al entrar."""


class ConfirmadaConCodigo(NuestrasPalabras, DeUnSoloUso, mfa.ReauthenticateForm):
    """Repetir el código para seguir."""


class Identificada(NuestrasPalabras, DeUnSoloUso, mfa.ReauthenticateForm):
    """Contraseña y código en la misma página, para un acto que lo amerita; `metodo` dice cómo lo hizo.

    Un código solo se gasta si la contraseña era la suya.
    """

    password = PasswordField(label="Contraseña", autocomplete="current-password")

    field_order = ("password", "code")

    def clean_password(self) -> str:
        """Comprueba la contraseña, con los mismos límites que la entrada."""
        contrasena: str = self.cleaned_data["password"]
        if not segundo_factor.es_su_contrasena(self.user, contrasena):
            raise del_ingreso().validation_error("incorrect_password")
        return contrasena

    def clean_code(self) -> str:
        """Comprueba el código, si la contraseña era buena."""
        return "" if "password" in self.errors else super().clean_code()

    @property
    def metodo(self) -> str:
        """Cómo se identificó, en palabras."""
        con_codigo = self.authenticator.type == Authenticator.Type.TOTP
        return segundo_factor.CON_APLICACION if con_codigo else segundo_factor.CON_RECUPERACION


class ActivarDosPasos(NuestrasPalabras, totp.ActivateTOTPForm):
    """Comprobar que la aplicación quedó bien antes de exigirla."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Dice de dónde sale el código."""
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = DE_LA_APLICACION
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


INVENTADA = (AttributeError, KeyError, TypeError, ValueError)  # lo que lanza fido2 con datos mal formados


class ConLlave(forms.Form):
    """Lo que dice ser una llave y no lo es se rechaza; allauth no espera todos los errores de fido2."""

    def clean_credential(self) -> Any:
        """La llave con que se identificó."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except INVENTADA as error:
            raise de_dos_pasos().validation_error("incorrect_code") from error


class LlaveAlEntrar(ConLlave, llaves.LoginWebAuthnForm):
    """Entrar solo con la llave de acceso."""


class LlaveSegundoPaso(ConLlave, llaves.AuthenticateWebAuthnForm):
    """La llave de acceso, después de la contraseña, al entrar."""


class ConfirmadaConLlave(ConLlave, llaves.ReauthenticateWebAuthnForm):
    """La llave de acceso para seguir."""


class LlaveNueva(llaves.AddWebAuthnForm):
    """Agregar una llave de acceso, con la que también se entra sin contraseña si el equipo lo permite."""

    field_order = ("name", "passwordless")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Con nuestras palabras."""
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Cómo la vas a reconocer"
        self.fields["name"].help_text = "Por ejemplo: mi teléfono, la computadora de la oficina."
        entrar = self.fields["passwordless"]
        entrar.label, entrar.initial = "Usarla también para entrar sin contraseña", True
        entrar.help_text = "Pide tu huella, tu rostro o el PIN del equipo."

    def clean(self) -> dict[str, Any]:
        """Comprueba la llave que el navegador creó."""
        try:
            datos: dict[str, Any] = super().clean()
        except INVENTADA as error:
            raise de_dos_pasos().validation_error("incorrect_code") from error
        return datos
