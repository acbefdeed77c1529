"""Carga los 46 municipios."""

from typing import Any

from django.core.management.base import BaseCommand

from municipios import carga


class Command(BaseCommand):
    help = "Carga los 46 municipios de Guanajuato; los que ya están no se tocan."

    def handle(self, *args: Any, **opciones: Any) -> None:
        creados = carga.cargar()
        self.stdout.write(
            f"Se cargaron {creados} municipios." if creados else "Los municipios ya estaban cargados."
        )
