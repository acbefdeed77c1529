"""El depósito: donde quedan los archivos ya completos. Uno está en el disco; el otro, en un cubo S3.

Cuál, lo dice `STORAGES` (ajustes.py). Todo lo demás del almacén es lo mismo con los dos: lo que llega se
escribe primero en la carpeta de trabajo de esta máquina y, ya revisado, se coloca aquí con su nombre.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from django.core.files.storage import default_storage

ESPERA = 30  # segundos; lo que se pide esperar a quien llegó mientras no responde


class AlmacenCaido(Exception):
    """El servicio que guarda los archivos no respondió o no nos dejó entrar; nada guardado se perdió."""

    def __str__(self) -> str:
        return "El almacén de archivos no responde. Lo guardado sigue ahí; inténtalo otra vez en un momento."


@dataclass(frozen=True)
class Puesto:
    """Algo que está en el depósito y desde cuándo tiene ese nombre."""

    nombre: str
    desde: dt.datetime

    @property
    def propio(self) -> str:
        """El nombre sin su carpeta."""
        return self.nombre.rpartition("/")[2]


class Deposito(Protocol):
    """Lo que el almacén pide. Cada nombre se pone entero o no se pone. Todo lanza `AlmacenCaido`."""

    def size(self, name: str) -> int:
        """Cuánto pesa. Lanza `FileNotFoundError`."""

    def delete(self, name: str) -> None:
        """Lo quita; si no está, nada."""

    def abrir(self, nombre: str) -> BinaryIO:
        """Para leerlo por partes y desde cualquier lugar. Lanza `FileNotFoundError`."""

    def en_disco(self, nombre: str) -> Path | None:
        """Su ruta en esta máquina; None si no está en ella."""

    def colocar(self, ruta: Path, nombre: str) -> None:
        """Le da ese nombre a un archivo completo de la carpeta de trabajo, que deja de estar en ella."""

    def mover(self, nombre: str, otro: str) -> None:
        """Le cambia de nombre; si ya hay algo con el otro, queda este. Lanza `FileNotFoundError`."""

    def contenidos(self) -> Iterator["Puesto"]:
        """Los guardados por su huella, en la carpeta de sus dos primeros signos."""

    def en_carpeta(self, carpeta: str) -> Iterator["Puesto"]:
        """Los de una carpeta de primer nivel."""

    def abandonar(self, limite: dt.datetime) -> int:
        """Quita lo que se empezó a poner antes de esa hora y no se completó. Devuelve cuántos."""

    def esta_vacio(self) -> bool:
        """Si no guarda nada."""


def actual() -> Deposito:
    """El que dice la configuración."""
    return cast(Deposito, default_storage)
