"""Invita otra vez a quien no ha abierto su cuenta, y muestra la liga por si el correo todavía no sale."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stl_portal.cuentas import invitaciones
from stl_portal.cuentas.models import Usuario


class Command(BaseCommand):
    """La liga anterior deja de servir."""

    help = "Manda otra invitación a una cuenta que nadie ha abierto y escribe aquí su liga."

    def add_arguments(self, parser: CommandParser) -> None:
        """El correo de la cuenta."""
        parser.add_argument("correo")

    def handle(self, **opciones: Any) -> None:
        """Lanza `CommandError` si la cuenta no existe o ya se abrió."""
        cuenta = Usuario.objects.filter(email__iexact=opciones["correo"], is_active=True).first()
        if cuenta is None or cuenta.has_usable_password():
            raise CommandError("No hay una cuenta con ese correo que espere abrirse.")
        espera = cuenta.invitaciones.pendientes().first()
        a_que, ambito = (espera.a_que, espera.ambito) if espera else ("a entrar al portal", "")
        liga = invitaciones.invitar(cuenta, a_que=a_que, ambito=ambito)
        self.stdout.write(f"Se mandó a {cuenta.email}. Quien tenga esta liga abre su cuenta:\n{liga}")
