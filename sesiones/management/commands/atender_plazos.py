"""`manage.py atender_plazos`: cierra las revisiones vencidas y encola los recordatorios del día."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sesiones import recordatorios, revision


class Command(BaseCommand):
    """Se programa una vez al día; correrlo de más no repite nada."""

    help = "Cierra las revisiones de actas vencidas y recuerda lo pendiente a quien le toca."

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Hace ambas cosas y dice cuántas fueron."""
        ahora = timezone.now()
        cerradas = revision.cerrar_vencidas(ahora)
        enviados = recordatorios.enviar(timezone.localdate(ahora))
        self.stdout.write(f"Revisiones cerradas: {cerradas}. Recordatorios encolados: {enviados}.")
