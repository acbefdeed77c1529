"""Membresía cerrada: nadie se registra por su cuenta."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class MembresiaCerrada(DefaultAccountAdapter):
    """Las cuentas las da de alta la administración; no hay registro público."""

    error_messages: ClassVar[dict[str, str]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Esta cuenta está inactiva: pide a la administración de tu órgano que la revise.",
        "email_password_mismatch": "El correo o la contraseña no son correctos.",
        "enter_current_password": "Escribe tu contraseña actual.",
        "incorrect_password": "Esa no es tu contraseña.",
        "invalid_login": "El correo o la contraseña no son correctos.",
        "invalid_password_reset": "La liga ya no sirve: pide otra.",
        "too_many_login_attempts": "Hubo demasiados intentos. Espera unos minutos y vuelve a intentarlo.",
        "unknown_email": "No hay una cuenta con ese correo.",
        "rate_limited": "Hiciste muchos intentos seguidos. Espera unos minutos.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Siempre cerrado."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """El asunto tal cual, con el nombre del portal y no su dirección."""
        return f"{subject.strip()} · Portal del Secretariado Técnico Local"
