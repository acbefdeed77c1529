"""Comprobar una copia leyendo solo su carpeta: que cada liga lleve a algo y que nada haya cambiado."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from . import paginas
from .entrega import HUELLAS, archivos, huella_de, listados


@dataclass(frozen=True)
class Problema:
    """Algo que no cuadra en un archivo de la copia."""

    ruta: str
    que: str

    def __str__(self) -> str:
        return f"{self.ruta}: {self.que}"


def todo(carpeta: Path) -> Iterator[Problema]:
    """Ligas y huellas."""
    yield from ligas_rotas(carpeta)
    yield from huellas_distintas(carpeta)


def ligas_rotas(carpeta: Path) -> Iterator[Problema]:
    """Las ligas a archivos que no están, a lugares que su página no tiene o que dependen de un servidor."""
    raiz = carpeta.resolve()
    for ruta in archivos(raiz):
        archivo = raiz / ruta
        for liga in _ligas(archivo):
            problema = _problema(raiz, archivo, liga)
            if problema:
                yield Problema(ruta, f"{problema}: {liga}")


def huellas_distintas(carpeta: Path) -> Iterator[Problema]:
    """Lo que dice `SHA256SUMS` contra lo que hay."""
    debidos, hay = listados(carpeta), set(archivos(carpeta)) - {HUELLAS}
    for ruta in sorted({*debidos, *hay}):
        if ruta not in hay:
            yield Problema(ruta, "falta")
        elif ruta not in debidos:
            yield Problema(ruta, "no está en la lista de huellas")
        elif huella_de(carpeta / ruta) != debidos[ruta]:
            yield Problema(ruta, "cambió")


def _ligas(archivo: Path) -> Iterator[str]:
    if archivo.suffix == ".html":
        yield from paginas.ligas(archivo.read_text(encoding="utf-8"))
    elif archivo.suffix == ".css":
        yield from paginas.ligas_de_estilos(archivo.read_text(encoding="utf-8"))


def _problema(raiz: Path, archivo: Path, liga: str) -> str:
    """Por qué la liga no sirve sin servidor; vacío si sirve o sale de la copia."""
    partes = urlsplit(liga)
    if partes.scheme or partes.netloc:
        return ""
    if partes.query or partes.path.startswith("/"):
        return "necesita un servidor"
    destino = (archivo.parent / unquote(partes.path)).resolve() if partes.path else archivo
    if not destino.is_relative_to(raiz):
        return "sale de la carpeta"
    if not destino.is_file():
        return "no existe"
    if partes.fragment and destino.suffix == ".html" and unquote(partes.fragment) not in _anclas(destino):
        return "ese lugar no está en la página"
    return ""


@lru_cache(maxsize=1000)
def _anclas(archivo: Path) -> frozenset[str]:
    return frozenset(paginas.leer_anclas(archivo.read_text(encoding="utf-8")))
