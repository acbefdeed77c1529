"""Volver a leer lo descargado y convertir cada celda a su tipo, como lo haría quien lo usa."""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from stl_portal.datos import formas, libro
from stl_portal.datos.registro import Conjunto, Fila, Tipo
from stl_portal.formula import de_celda


def normales(conjunto: Conjunto, filas: Iterable[Fila]) -> list[list[Any]]:
    """Las filas como deben volver a leerse: la celda vacía y el texto vacío son lo mismo."""
    return [
        [_normal(c.tipo, celda) for c, celda in zip(conjunto.columnas, fila, strict=True)] for fila in filas
    ]


def _normal(tipo: Tipo, celda: Any) -> Any:
    if celda is None or celda == "":
        return None
    if tipo is Tipo.HORA:
        return celda if isinstance(celda, str) else celda.isoformat("minutes")
    if tipo is Tipo.INSTANTE:
        return celda.replace(microsecond=0)
    return Decimal(celda) if tipo is Tipo.NUMERO else celda


def de_csv(conjunto: Conjunto, contenido: bytes) -> list[list[Any]]:
    """Lo que dice un CSV; comprueba su marca y su primera línea."""
    assert contenido.startswith(formas.MARCA.encode())
    lector = csv.reader(io.StringIO(contenido.decode("utf-8-sig"), newline=""))
    assert tuple(next(lector)) == conjunto.nombres
    return [_de_textos(conjunto, fila) for fila in lector]


def _de_textos(conjunto: Conjunto, fila: Sequence[str]) -> list[Any]:
    return [_de_texto(c.tipo, celda) for c, celda in zip(conjunto.columnas, fila, strict=True)]


def _de_texto(tipo: Tipo, celda: str) -> Any:
    if celda == "":
        return None
    convertir: dict[Tipo, Any] = {
        Tipo.ENTERO: int,
        Tipo.NUMERO: Decimal,
        Tipo.SI_NO: {"true": True, "false": False}.__getitem__,
        Tipo.FECHA: dt.date.fromisoformat,
        Tipo.INSTANTE: dt.datetime.fromisoformat,
        Tipo.HORA: str,
    }
    return convertir.get(tipo, de_celda)(celda)


def de_json(conjunto: Conjunto, contenido: bytes) -> list[list[Any]]:
    """Lo que dice un JSON; comprueba que cada objeto lleve todas las columnas, en su orden."""
    objetos = json.loads(contenido, parse_float=Decimal)
    assert all(tuple(objeto) == conjunto.nombres for objeto in objetos)
    return [[_de_json(c.tipo, objeto[c.nombre]) for c in conjunto.columnas] for objeto in objetos]


def _de_json(tipo: Tipo, celda: Any) -> Any:
    if celda is None or celda == "":
        return None
    convertir: dict[Tipo, Any] = {
        Tipo.FECHA: dt.date.fromisoformat,
        Tipo.INSTANTE: dt.datetime.fromisoformat,
        Tipo.NUMERO: Decimal,
    }
    return convertir[tipo](celda) if tipo in convertir else celda


def de_xlsx(conjunto: Conjunto, contenido: bytes) -> list[list[Any]]:
    """Lo que dice la primera hoja; comprueba que ninguna celda sea fórmula y que esté el diccionario."""
    abierto = openpyxl.load_workbook(io.BytesIO(contenido))
    assert abierto.sheetnames == [conjunto.clave[:31], "diccionario"]
    clases = {c.data_type for hoja in abierto for fila in hoja.iter_rows() for c in fila}
    assert clases <= {"s", "inlineStr", "n", "b", "d"}  # ni «f», de fórmula, ni «e», de error
    diccionario = list(abierto["diccionario"].iter_rows(values_only=True))
    assert [renglon[0] for renglon in diccionario[1:]] == list(conjunto.nombres)
    primera, *filas = abierto.worksheets[0].iter_rows(values_only=True)
    assert primera == conjunto.nombres
    return [
        [_de_xlsx(c.tipo, celda) for c, celda in zip(conjunto.columnas, fila, strict=True)] for fila in filas
    ]


def _de_xlsx(tipo: Tipo, celda: Any) -> Any:
    if celda is None or celda == "":
        return None
    if tipo is Tipo.FECHA and isinstance(celda, dt.datetime):
        return celda.date()
    if tipo is Tipo.NUMERO:
        return Decimal(str(celda))
    if tipo in (Tipo.TEXTO, Tipo.LIGA):
        return de_celda(celda)
    return dt.datetime.fromisoformat(celda) if tipo is Tipo.INSTANTE else celda


def como_en_xlsx(filas: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Las filas con lo que el formato no admite ya cambiado: controles, retornos y celdas muy largas."""
    return [[_cabe(celda) if isinstance(celda, str) else celda for celda in fila] for fila in filas]


def _cabe(texto: str) -> str:
    limpio = ILLEGAL_CHARACTERS_RE.sub("\ufffd", texto).replace("\r\n", "\n")
    return limpio if len(limpio) <= libro.CABEN else f"{limpio[: libro.CABEN - 1]}…"
