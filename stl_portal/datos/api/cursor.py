"""Leer un conjunto página por página sin saltarse ni repetir filas, aunque entre una y otra se publique.

El cursor dice de qué objeto era la última fila entregada y cuál era esa fila: se sigue justo después de ella,
no después de «la número tantos». Lo que se publicó antes de ese lugar no lo mueve.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import IntegerField

from stl_portal.datos.filtros import FiltroMalo, Seleccion
from stl_portal.datos.registro import Conjunto, Fila, Primaria

_HUELLA = "[0-9a-f]{8}"
_ENTERA = "[0-9]{1,18}"  # cabe en la clave primaria de las dos bases
_TEXTUAL = "[0-9A-Za-z_.-]{1,60}"
LOTE_MINIMO = 200  # objetos que se traen juntos si hay que leer muchos para hallar pocos


@dataclass(frozen=True)
class Cursor:
    """La última fila entregada: la clave primaria de su objeto y la huella de su `id`."""

    objeto: Primaria
    huella: str

    def __str__(self) -> str:
        return f"{self.huella}{self.objeto}"


def patron(conjunto: Conjunto) -> str:
    """La expresión que cumple todo cursor de ese conjunto, y que no cumple nada que no lo sea."""
    return _HUELLA + (_ENTERA if _por_numero(conjunto) else _TEXTUAL)


def leer(conjunto: Conjunto, dicho: str) -> Cursor:
    """El cursor que se recibió antes en `siguiente`. Lanza `FiltroMalo` si es otra cosa."""
    if not re.fullmatch(patron(conjunto), dicho):
        raise FiltroMalo("cursor", "Ese cursor no salió de aquí: usa el que viene en «siguiente», tal cual.")
    huella, objeto = dicho[:8], dicho[8:]
    return Cursor(int(objeto) if _por_numero(conjunto) else objeto, huella)


def pagina(seleccion: Seleccion, limite: int, cursor: Cursor | None = None) -> tuple[list[Fila], str | None]:
    """Hasta `limite` filas después del cursor, y el cursor de la página que sigue o None si no hay más."""
    # Una más, para saber si hay otra página; y la ya entregada, que se vuelve a leer para encontrarla.
    lote = limite + 2
    if seleccion.por_columna:
        lote = max(lote, LOTE_MINIMO)
    pares = list(islice(_despues_de(seleccion, lote, cursor), limite + 1))
    filas = [fila for _, fila in pares[:limite]]
    if len(pares) <= limite:
        return filas, None
    objeto, ultima = pares[limite - 1]
    return filas, str(Cursor(objeto, _huella(ultima)))


def _despues_de(seleccion: Seleccion, lote: int, cursor: Cursor | None) -> Iterator[tuple[Primaria, Fila]]:
    if cursor is None:
        yield from seleccion.por_objeto(lote=lote)
        return
    suyas: list[tuple[Primaria, Fila]] = []  # las del objeto donde se quedó, hasta que pasan todas
    for par in seleccion.por_objeto(cursor.objeto, lote):
        if par[0] == cursor.objeto:
            suyas.append(par)
            continue
        yield from _sin_entregar(suyas, cursor)
        suyas = []
        yield par
    yield from _sin_entregar(suyas, cursor)


def _sin_entregar(suyas: list[tuple[Primaria, Fila]], cursor: Cursor) -> list[tuple[Primaria, Fila]]:
    """Las del objeto que siguen a la última entregada; todas, si esa ya no está: mejor repetir que perder."""
    for lugar, (_, fila) in enumerate(suyas, start=1):
        if _huella(fila) == cursor.huella:
            return suyas[lugar:]
    return suyas


def _huella(fila: Fila) -> str:
    return f"{zlib.crc32(str(fila[0]).encode()):08x}"


def _por_numero(conjunto: Conjunto) -> bool:
    return isinstance(conjunto.publicado().model._meta.pk, IntegerField)
