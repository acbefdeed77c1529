"""Abrir un comprimido ajeno (un ZIP o un XLSX, que también lo es) sin que llene la memoria ni tumbe nada.

Lo que está dañado, cifrado o comprimido de otra manera se descubre al abrirlo o apenas al leerlo: de los dos
modos sale una frase.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

DESCOMPRIMIDO = 1024**3  # bytes de un XLSX o un ZIP ya abiertos
DANADO = "El archivo está dañado o no es del tipo que dice."
CIFRADO = "El archivo tiene contraseña o está comprimido de un modo que aquí no se abre: guárdalo sin ella."


class ArchivoIlegible(Exception):
    """El archivo no se puede importar; la frase dice por qué y qué hacer."""


@contextmanager
def legible() -> Iterator[None]:
    """Lo que falle al leer un comprimido se dice como `ArchivoIlegible`.

    Un índice que apunta fuera del archivo es `ValueError` o `struct.error`: la biblioteca no lo revisa.
    """
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError):
        raise ArchivoIlegible(DANADO) from None
    except RuntimeError:  # con contraseña; `NotImplementedError`, de un modo que no se conoce
        raise ArchivoIlegible(CIFRADO) from None


def abierto(archivo: BinaryIO) -> zipfile.ZipFile:
    """El comprimido, si de verdad lo es y al abrirse no llena la memoria. Lanza `ArchivoIlegible`.

    El tamaño que cada entrada dice es un tope que sí se cumple: al leerla no sale ni un byte más.
    """
    archivo.seek(0)
    with legible():
        suyo = zipfile.ZipFile(archivo)
    if sum(entrada.file_size for entrada in suyo.infolist()) > DESCOMPRIMIDO:
        raise ArchivoIlegible("El archivo es demasiado grande ya descomprimido (más de 1 GB).")
    return suyo
