"""Dice si las tablas se pueden cambiar con la versión anterior atendiendo. Lo usa deploy/actualizar."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from stl_portal import compatibles


class Command(BaseCommand):
    help = "Rechaza las migraciones pendientes que harían fallar a la versión anterior. No cambia nada."

    def add_arguments(self, parser: CommandParser) -> None:
        """Dónde está la versión que atiende, y lo que se acepta sin más."""
        parser.add_argument("--anterior", type=Path, help="Carpeta de la versión que atiende")
        parser.add_argument("--permitir", action="append", default=[], metavar="APLICACION.NOMBRE")

    def handle(self, *args: Any, anterior: Path | None, permitir: list[str], **opciones: Any) -> None:
        """Termina con error y una frase por objeción, o dice cuántas pendientes son."""
        ejecutor = MigrationExecutor(connection)
        grafo = ejecutor.loader
        aplicadas = [nodo for nodo in grafo.applied_migrations if nodo in grafo.graph.nodes]
        pendientes = [m for m, _ in ejecutor.migration_plan(grafo.graph.leaf_nodes())]
        quejas = []
        if anterior:
            cambiadas = compatibles.ya_publicadas(anterior, settings.BASE_DIR)
            quejas += [f"{ruta}: ya se aplicó y esta versión la cambió o la quitó" for ruta in cambiadas]
        de_tablas = compatibles.objeciones(pendientes, grafo.project_state(aplicadas))
        quejas += [queja for queja in de_tablas if queja.split(":")[0] not in permitir]
        if quejas:
            raise CommandError("\n".join(["La versión anterior fallaría:", *quejas]))
        self.stdout.write(f"{len(pendientes)} migraciones pendientes; la versión anterior puede seguir.")
