"""Envía los avisos pendientes; se programa cada minuto y puede repetirse sin duplicar."""

from typing import Any

from django.core.management.base import BaseCommand

from stl_portal.avisos import envio
from stl_portal.avisos.models import Aviso, EstadoAviso


class Command(BaseCommand):
    """`manage.py enviar_avisos`."""

    help = "Envía los avisos que esperan y reintenta los que fallaron hace rato."

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Envía y dice qué queda por resolver."""
        enviados, fallidos = envio.enviar()
        self.stdout.write(f"{enviados} avisos enviados; {fallidos} no salieron y se reintentarán.")
        varados = Aviso.objects.filter(estado=EstadoAviso.FALLIDO).count()
        if varados:
            self.stderr.write(f"{varados} avisos agotaron sus intentos: revisa su error y reinténtalos.")
