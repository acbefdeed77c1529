"""`manage.py retirar_version_de_datos`: deja de entregar una versión que no debía publicarse."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from stl_portal.datos import versiones
from stl_portal.datos.models import VersionDeDatos
from stl_portal.texto import limpiar_linea


class Command(BaseCommand):
    """Consta en el registro público que existió, y por qué se retiró."""

    help = "Retira una versión de datos (contenía un dato personal, por ejemplo). No se puede deshacer."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("conjunto")
        parser.add_argument("numero", type=int)
        parser.add_argument("--motivo", required=True, help="Se publica tal cual.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Retira la versión."""
        motivo = limpiar_linea(opciones["motivo"])
        fila = VersionDeDatos.objects.filter(conjunto=opciones["conjunto"], numero=opciones["numero"]).first()
        if fila is None:
            raise CommandError("Esa versión no existe.")
        if fila.retirada_el is not None:
            raise CommandError("Esa versión ya estaba retirada.")
        if not motivo or len(motivo) > 300:
            raise CommandError("El motivo se escribe en una línea de hasta 300 caracteres.")
        versiones.retirar(fila, motivo, timezone.now())
        self.stdout.write(f"{fila}: retirada.")
