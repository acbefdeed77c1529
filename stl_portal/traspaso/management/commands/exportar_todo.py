"""Deja en una carpeta todo lo que hace falta para tener el portal en otro servidor."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.traspaso import mudanza, registro


class Command(BaseCommand):
    """`manage.py exportar_todo CARPETA`; se lee del otro lado con `importar_todo`."""

    help = "Exporta todas las tablas y copia los archivos a una carpeta nueva o vacía."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Dónde."""
        parser.add_argument("carpeta", type=Path)

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Termina con error si falta algún archivo, aunque deje lo demás."""
        carpeta = Path(opciones["carpeta"]).absolute()
        try:
            hecho = mudanza.empacar(carpeta)
        except mudanza.NoSeMuda as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{hecho.renglones} renglones de {hecho.recursos} tablas y {hecho.archivos} archivos en {carpeta}"
        )
        self.stdout.write("Lleva datos personales: cuídala y bórrala al terminar. No viajan:")
        for que, porque in registro.NO_VIAJAN.items():
            self.stdout.write(f"  {que}: {porque}")
        for huella in hecho.faltan:
            self.stderr.write(f"FALTA {huella}")
        if hecho.faltan:
            raise CommandError(
                f"Faltan o están dañados {len(hecho.faltan)} archivos: recupéralos del respaldo y repite."
            )
