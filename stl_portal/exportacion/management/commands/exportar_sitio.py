"""Copia el sitio público a una carpeta que se navega sin servidor."""

from argparse import ArgumentParser
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http.request import validate_host
from django.utils import timezone

from stl_portal.espanol import fecha_larga
from stl_portal.exportacion import comprobar, entrega
from stl_portal.exportacion.copia import Copia

SE_LEEN = 20  # renglones de lo que no se pudo que se imprimen; todos están en el manifiesto


def es_de_esta_maquina(nombre: str) -> bool:
    """«localhost» o una dirección de vuelta (127.0.0.1, ::1)."""
    try:
        return ip_address(nombre).is_loopback
    except ValueError:
        return nombre == "localhost" or nombre.endswith(".localhost")


class Command(BaseCommand):
    """`manage.py exportar_sitio DIR` hace la copia; con `--comprobar`, revisa una ya hecha."""

    help = "Copia el sitio público a una carpeta que se navega sin servidor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """La carpeta y, si solo se revisa, decirlo."""
        parser.add_argument("carpeta", type=Path)
        parser.add_argument("--comprobar", action="store_true", help="solo revisa una copia ya hecha")

    def handle(self, *args: Any, **opciones: Any) -> None:
        """Termina con error si algo no se pudo copiar, aunque deje lo demás."""
        carpeta = Path(opciones["carpeta"]).absolute()
        if opciones["comprobar"]:
            self._comprobar(carpeta)
            return
        if not validate_host(urlsplit(settings.SITIO).hostname or "", settings.ALLOWED_HOSTS):
            raise CommandError("El nombre que está en SITIO debe estar también en ALLOWED_HOSTS.")
        self._decir_de_donde()
        try:
            with entrega.carpeta_provisional(carpeta) as provisional:
                copia = Copia(provisional, fecha_larga(timezone.localdate()), self.stdout.write)
                copia.hacer()
                entrega.terminar(copia)
        except entrega.NoEsUnaCopia as error:
            raise CommandError(f"{error} Elige otra o vacíala tú.") from error
        self.stdout.write(f"{len(copia.piezas)} archivos en {carpeta}")
        self._comprobar(carpeta, [f"{f.direccion} ({f.motivo}; desde {f.desde})" for f in copia.fallas])

    def _decir_de_donde(self) -> None:
        """A qué portal dirá la copia que pertenece; avisa si nadie más llega a esa dirección."""
        self.stdout.write(f"Las ligas al portal, el manifiesto y LEEME.txt dirán {settings.SITIO}")
        if es_de_esta_maquina(urlsplit(settings.SITIO).hostname or ""):
            self.stderr.write(
                "Aviso: esa dirección solo existe en esta máquina. Escribe la pública en la variable SITIO y "
                "haz la copia otra vez: con esta, quien la lea no llega al portal."
            )

    def _comprobar(self, carpeta: Path, fallas: list[str] | None = None) -> None:
        """Dice lo que no cuadra; si algo no cuadra, la orden falla."""
        if not entrega.listados(carpeta):
            raise CommandError(f"{carpeta} no es una copia del sitio.")
        problemas = [*(fallas or []), *map(str, comprobar.todo(carpeta))]
        for problema in problemas[:SE_LEEN]:
            self.stderr.write(problema)
        if problemas:
            raise CommandError(f"No se pudo copiar o no cuadra: {len(problemas)}. La copia quedó sin eso.")
        self.stdout.write("Ligas y huellas comprobadas: todo cuadra.")
