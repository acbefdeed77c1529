"""Envía los avisos pendientes; se programa cada minuto y puede repetirse sin duplicar."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from stl_portal.avisos import envio, resumenes
from stl_portal.avisos.models import Aviso, EstadoAviso


class Command(BaseCommand):
    """`manage.py enviar_avisos`."""

    help = (
        "Envía los avisos que esperan y reintenta los que fallaron hace rato; a su hora, junta el resumen "
        "diario de quien lo eligió."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Envía y dice qué queda por resolver."""
        try:
            resumenes.juntar(timezone.now())
        finally:  # si los resúmenes fallan, lo demás sale igual
            enviados, fallidos = envio.enviar()
        self.stdout.write(f"{enviados} avisos enviados; {fallidos} no salieron y se reintentarán.")
        varados = Aviso.objects.filter(estado=EstadoAviso.FALLIDO).count()
        if varados:
            self.stderr.write(f"{varados} avisos agotaron sus intentos: revisa su error y reinténtalos.")
