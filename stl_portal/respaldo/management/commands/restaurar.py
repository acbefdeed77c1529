"""Restaura un respaldo sobre una base y un almacén vacíos, y lo comprueba."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from stl_portal.respaldo import anotar
from stl_portal.respaldo.errores import NoSePudo
from stl_portal.respaldo.informe import Informe
from stl_portal.respaldo.models import Clase
from stl_portal.respaldo.restaurar import restaurar

MAL = "Se restauró, pero algo no es igual: no abras el portal antes de revisarlo."


class Command(BaseCommand):
    """`manage.py restaurar ARCHIVO`: termina con un informe, y con error si algo no quedó igual."""

    help = "Restaura un respaldo sobre una base y un almacén vacíos; comprueba todo antes y después."
    requires_system_checks: list[str] = []  # la base todavía no tiene tablas

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("archivo", type=Path)
        parser.add_argument(
            "--copia", type=Path, action="append", default=[], help="punto de control guardado fuera"
        )
        parser.add_argument("--informe", type=Path, help="dónde dejar el informe en JSON")

    def handle(self, *args: Any, **opciones: Any) -> None:
        try:
            with anotar.corrida(Clase.RESTAURACION) as nota:
                informe = self._hacer(nota, opciones)
        except NoSePudo as error:
            raise CommandError(str(error)) from error
        if not informe.bien:
            raise CommandError(MAL)

    def _hacer(self, nota: anotar.Nota, opciones: dict[str, Any]) -> Informe:
        informe = restaurar(opciones["archivo"], settings.RESPALDO.llave, opciones["copia"])
        escrito = "\n".join(informe.renglones())
        nota.bien, nota.dicho = informe.bien, "Todo quedó igual al respaldo." if informe.bien else MAL
        nota.datos = {"archivo": str(opciones["archivo"]), "informe": escrito}
        if opciones["informe"]:
            informe.escribir(opciones["informe"])
        self.stdout.write(escrito)
        return informe
