"""Membresía cerrada: nadie se registra por su cuenta."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class MembresiaCerrada(DefaultAccountAdapter):
    """Las cuentas las da de alta la administración; no hay registro público."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Siempre cerrado."""
        return False

    def format_email_subject(self, subject: str) -> str:
        """El asunto tal cual, con el nombre del portal y no su dirección."""
        return f"{subject.strip()} · Portal del Secretariado Técnico Local"
