"""El depósito en el disco de esta máquina: la misma carpeta en que se trabaja."""

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from django.core.files.storage import FileSystemStorage

from .deposito import Puesto


def asentar_carpetas(*carpetas: Path) -> None:
    """Que los nombres de esas carpetas sobrevivan a un apagón."""
    for carpeta in carpetas:
        descriptor = os.open(carpeta, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _desde(ruta: Path) -> dt.datetime:
    """Cuándo llegó ahí. No es cuándo se escribió, que una copia conserva (`cp -a`): eso no dice nada."""
    return dt.datetime.fromtimestamp(ruta.stat().st_ctime, dt.UTC)


class EnDisco(FileSystemStorage):
    """Cada nombre es una ruta dentro de `MEDIA_ROOT`."""

    def abrir(self, nombre: str) -> BinaryIO:
        """Lanza `FileNotFoundError`."""
        return self.en_disco(nombre).open("rb")

    def en_disco(self, nombre: str) -> Path:
        """Siempre está."""
        return Path(self.path(nombre))

    def colocar(self, ruta: Path, nombre: str) -> None:
        """Cambia de nombre, que es de una vez, y se asegura de que la carpeta quede escrita en disco."""
        destino = self.en_disco(nombre)
        destino.parent.mkdir(exist_ok=True)
        ruta.replace(destino)
        asentar_carpetas(destino.parent, Path(self.location))

    def mover(self, nombre: str, otro: str) -> None:
        """Lanza `FileNotFoundError`."""
        self.colocar(self.en_disco(nombre), otro)

    def contenidos(self) -> Iterator[Puesto]:
        """Lo que hay en las carpetas de dos signos."""
        return self.en_carpeta("[0-9a-f][0-9a-f]")

    def en_carpeta(self, carpeta: str) -> Iterator[Puesto]:
        """Lo que hay ahora; lo que se quite mientras se mira, no."""
        aqui = Path(self.location)
        for ruta in list(aqui.glob(f"{carpeta}/*")):
            with suppress(FileNotFoundError):
                yield Puesto(str(ruta.relative_to(aqui)), _desde(ruta))

    def abandonar(self, limite: dt.datetime) -> int:
        """Nada: aquí poner es cambiar de nombre."""
        return 0

    def esta_vacio(self) -> bool:
        """Si la carpeta no existe o no tiene nada."""
        return not self.exists("") or self.listdir("") == ([], [])
