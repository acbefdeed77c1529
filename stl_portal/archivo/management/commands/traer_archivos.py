"""Trae al almacén los archivos que otro portal, o este mismo antes de mudarse, guardaba en una carpeta."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from stl_portal.archivo import almacen, deposito
from stl_portal.archivo.inspeccion import ArchivoRechazado


class Command(BaseCommand):
    """`manage.py traer_archivos CARPETA`: termina con error si alguno no da su huella o no se pudo poner."""

    help = "Pone en el almacén los archivos de una carpeta que falten; los que ya están no se tocan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("carpeta", type=Path, help="la que era MEDIA_ROOT")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Se puede cortar y repetir: sigue con los que faltan."""
        carpeta, puestos, malos = opciones["carpeta"], 0, 0
        if not carpeta.is_dir():
            raise CommandError(f"No existe la carpeta «{carpeta}».")
        rutas = sorted(carpeta.glob("[0-9a-f][0-9a-f]/*"))
        for ruta in rutas:
            try:
                puestos += self._traer(ruta)
            except ArchivoRechazado as rechazo:
                if rechazo.frase == almacen.NO_CABE:
                    raise CommandError(rechazo.frase) from rechazo
                malos += 1
                self.stderr.write(rechazo.frase)
        self.stdout.write(f"{puestos} archivos puestos; {len(rutas) - puestos - malos} ya estaban.")
        if malos:
            raise CommandError(f"{malos} no se pusieron: recupéralos del respaldo.")

    def _traer(self, ruta: Path) -> bool:
        try:
            with ruta.open("rb") as abierto:
                return almacen.reponer(abierto, ruta.name)
        except deposito.AlmacenCaido as caido:
            raise CommandError(f"{caido} Repite la orden: sigue con los que faltan.") from caido
