"""Comprueba el registro público entero y todo lo sellado."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.sello.verificacion import verificar


class Command(BaseCommand):
    """`manage.py verificar_bitacora`: termina con error si algo no cuadra."""

    help = "Comprueba cadena, contenidos, puntos de control y lo sellado; nombra cada falla y dónde está."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Copias guardadas fuera: son las que atan a quien administra la base."""
        parser.add_argument("copias", nargs="*", type=Path, help="puntos de control guardados fuera")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Comprueba, informa y falla si algo no cuadra."""
        copias = opciones["copias"]
        fallas, recorrido = verificar([ruta.read_text(encoding="utf-8") for ruta in copias])
        for falla in fallas:
            self.stderr.write(f"FALLA {falla}")
        if recorrido.roto is not None:
            self.stderr.write(f"Primer eslabón roto: {recorrido.roto}")
        if fallas:
            raise CommandError(f"Fallas: {len(fallas)}. Nada se corrige solo: compara con un respaldo.")
        self.stdout.write(f"Todo cuadra: eslabones, {recorrido.tamano}; copias externas, {len(copias)}.")
