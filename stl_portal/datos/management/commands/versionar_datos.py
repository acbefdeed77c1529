"""`manage.py versionar_datos`: guarda una versión de cada conjunto de datos abiertos que cambió."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from stl_portal.datos import versiones
from stl_portal.datos.registro import CONJUNTOS


class Command(BaseCommand):
    """`atender_plazos` lo hace una vez al día; correrlo de más no guarda nada repetido."""

    help = "Guarda una versión de cada conjunto de datos abiertos cuyo contenido cambió."

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Dice cuáles guardó."""
        nuevas = versiones.guardar_todas(timezone.now())
        for nueva in nuevas:
            self.stdout.write(f"{nueva}: {nueva.filas} filas, eslabón {nueva.eslabon}.")
        self.stdout.write(f"Versiones nuevas: {len(nuevas)} de {len(CONJUNTOS)} conjuntos.")
