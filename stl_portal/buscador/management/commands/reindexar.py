"""Rehace el índice del buscador, o dice en qué difiere de lo publicado."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stl_portal.buscador import reindexar


class Command(BaseCommand):
    help = (
        "Rehace el índice del buscador. Con --comprobar no cambia nada: dice qué falta o sobra y sale con 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--comprobar", action="store_true")

    def handle(self, *args: Any, **opciones: Any) -> None:
        if not opciones["comprobar"]:
            self.stdout.write(f"{reindexar.rehacer_todo()} lugares en el índice.")
            return
        diferencias = list(reindexar.comprobar())
        for diferencia in diferencias:
            self.stdout.write(f"{diferencia.clave}: {diferencia.que}")
        if diferencias:
            raise CommandError(
                f"El índice difiere de lo publicado en {len(diferencias)}: corre manage.py reindexar."
            )
        self.stdout.write("El índice dice lo mismo que lo publicado.")
