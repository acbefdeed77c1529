"""`manage.py atender_plazos`: cierra lo vencido, recuerda lo pendiente y borra lo que nadie confirmó."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from sesiones import revision
from stl_portal.avisos import registro, seguidores


class Command(BaseCommand):
    """Se programa una vez al día; correrlo de más no repite nada."""

    help = (
        "Cierra las revisiones de actas vencidas, recuerda lo pendiente a quien le toca y borra los correos "
        "de quienes no confirmaron que querían seguir algo."
    )

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Hace las tres cosas y dice cuántas fueron."""
        ahora = timezone.now()
        cerradas = revision.cerrar_vencidas(ahora)
        enviados = registro.recordar(timezone.localdate(ahora))
        borradas = seguidores.limpiar(ahora)
        self.stdout.write(
            f"Revisiones cerradas: {cerradas}. Recordatorios encolados: {enviados}. "
            f"Suscripciones sin confirmar borradas: {borradas}."
        )
