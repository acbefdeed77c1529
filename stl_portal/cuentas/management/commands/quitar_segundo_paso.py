"""Quita el segundo paso a quien perdió su teléfono y sus códigos, después de comprobar quién es."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError, CommandParser

from stl_portal.cuentas.models import Usuario


class Command(BaseCommand):
    """`manage.py quitar_segundo_paso correo@…`: la cuenta vuelve a entrar solo con su contraseña."""

    help = "Quita la verificación en dos pasos de una cuenta; úsese después de comprobar quién la pide."

    def add_arguments(self, parser: CommandParser) -> None:
        """El correo de la cuenta."""
        parser.add_argument("correo")

    def handle(self, *args: Any, correo: str, **opciones: Any) -> None:
        """Borra la aplicación y los códigos. Lanza `CommandError` si no hay nada que quitar."""
        cuenta = Usuario.objects.filter(email__iexact=correo).first()
        if cuenta is None:
            raise CommandError(f"No hay una cuenta con el correo {correo}.")
        borrados, _ = Authenticator.objects.filter(user=cuenta).delete()
        if not borrados:
            raise CommandError(f"{correo} no tiene activa la verificación en dos pasos.")
        self.stdout.write(f"{correo} ya entra solo con su contraseña.")
