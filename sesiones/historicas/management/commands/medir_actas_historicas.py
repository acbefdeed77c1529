"""`medir_actas_historicas`: qué tanto de un acta se lee bien, por clase de hecho."""

import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sesiones.historicas.lectura.medir import Cuenta, medir, total
from sesiones.historicas.lectura.proponer import proponer
from sesiones.historicas.lectura.renglones import TextoIlegible


class Command(BaseCommand):
    """Compara lo que se propone de cada acta con la lista de hechos que anotó una persona."""

    help = "Mide la lectura de actas históricas contra listas de hechos: precisión y exhaustividad por clase."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """El acta y sus hechos, de dos en dos."""
        parser.add_argument("pares", nargs="+", metavar="acta.txt hechos.toml", type=Path)
        parser.add_argument("--detalle", action="store_true", help="Dice también qué faltó y qué sobró.")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Una tabla por acta. Lanza `CommandError` si falta un archivo o no se puede leer."""
        pares: list[Path] = opciones["pares"]
        if len(pares) % 2:
            raise CommandError("Cada acta va seguida de su lista de hechos: acta.txt hechos.toml")
        for texto, hechos in zip(pares[::2], pares[1::2], strict=True):
            self._medir(texto, hechos, detalle=opciones["detalle"])

    def _medir(self, texto: Path, hechos: Path, *, detalle: bool) -> None:
        try:
            propuesta = proponer(texto.read_text(encoding="utf-8"))
            cuentas = medir(propuesta, tomllib.loads(hechos.read_text(encoding="utf-8")))
        except (OSError, ValueError, TextoIlegible) as error:
            raise CommandError(f"{texto.name}: {error}") from error
        self.stdout.write(
            f"\n{texto.name}\n{'clase de hecho':24}{'bien':>6}{'dichos':>8}{'hechos':>8}  precisión  exhaust."
        )
        for clase, cuenta in (*cuentas.items(), ("TODOS", total(cuentas.values()))):
            self.stdout.write(_renglon(clase, cuenta))
            if detalle and clase != "TODOS":
                for marca, cosas in (("falta", cuenta.faltan), ("sobra", cuenta.sobran)):
                    self.stdout.write("".join(f"    {marca}: {cosa}\n" for cosa in cosas), ending="")


def _renglon(clase: str, cuenta: Cuenta) -> str:
    cifras = f"{cuenta.bien:6}{cuenta.propuestos:8}{cuenta.anotados:8}"
    return f"{clase:24}{cifras}{cuenta.precision:10.1%}{cuenta.exhaustividad:10.1%}"
