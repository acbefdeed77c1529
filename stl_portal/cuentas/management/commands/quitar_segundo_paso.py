"""Quita el segundo paso a quien perdió su teléfono y sus códigos, después de comprobar quién es."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stl_portal.cuentas import cambios
from stl_portal.cuentas.models import Usuario


class Command(BaseCommand):
    """`manage.py quitar_segundo_paso correo@… --por "Quién"`: vuelve a entrar solo con su contraseña."""

    help = "Quita la verificación en dos pasos de una cuenta; úsese después de comprobar quién la pide."

    def add_arguments(self, parser: CommandParser) -> None:
        """El correo de la cuenta y quién lo hace."""
        parser.add_argument("correo")
        parser.add_argument("--por", required=True, help="quién lo hace; queda en la bitácora del servidor")

    def handle(self, *args: Any, correo: str, por: str, **opciones: Any) -> None:
        """Borra aplicación, llaves y códigos. Lanza `CommandError` si no hay nada que quitar."""
        cuenta = Usuario.objects.filter(email__iexact=correo).first()
        if cuenta is None:
            raise CommandError(f"No hay una cuenta con el correo {correo}.")
        if not cambios.quitar_segundo_factor(cuenta, por):
            raise CommandError(f"{correo} no tiene activa la verificación en dos pasos.")
        self.stdout.write(f"{correo} ya entra solo con su contraseña. Se le avisó por correo.")
