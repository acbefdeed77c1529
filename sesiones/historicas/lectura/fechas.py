"""Fechas de cualquier forma: «18 de enero de 2020», «Julio 10, 2020», «ocho de agosto de dos mil…»."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from stl_portal.espanol import MESES

from . import numeros
from .letras import llano


class Fechada(NamedTuple):
    """Una fecha y el tramo del texto que la dice."""

    fecha: dt.date
    desde: int
    hasta: int
    con_anio: bool


_MES = {mes: n for n, mes in enumerate(MESES, start=1)} | {"setiembre": 9}
_PALABRA = re.compile(r"[a-z0-9]+")
_DIAGONALES = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
_DE = frozenset({"de", "del", "mes", "dia", "dias"})
ANIOS = range(1950, 2100)


def hallar(texto: str, anio: int | None = None) -> list[Fechada]:
    """Las fechas que dice, en orden. `anio` es el de las que no lo dicen; sin él, esas no cuentan."""
    plano = llano(texto)
    return sorted({*_con_mes(plano, anio), *_con_diagonales(plano)}, key=lambda f: f.desde)


def _con_diagonales(plano: str) -> Iterator[Fechada]:
    for hallada in _DIAGONALES.finditer(plano):
        dia, mes, anio, a, m, d = hallada.groups()
        fecha = _fecha(int(anio or a), int(mes or m), int(dia or d))
        if fecha:
            yield Fechada(fecha, *hallada.span(), con_anio=True)


def _con_mes(plano: str, anio: int | None) -> Iterator[Fechada]:
    tramos = list(_PALABRA.finditer(plano))
    dichas = [t[0] for t in tramos]
    for lugar, palabra in enumerate(dichas):
        if palabra not in _MES:
            continue
        dia, primero = _dia_antes(dichas, lugar)
        ultimo = lugar
        if not dia:
            dia, ultimo = _dia_despues(dichas, lugar)
            primero = lugar
        dicho, ultimo = _anio(dichas, ultimo)
        fecha = _fecha(dicho or anio or 0, _MES[palabra], dia)
        if fecha:
            yield Fechada(fecha, tramos[primero].start(), tramos[ultimo].end(), con_anio=bool(dicho))


def _dia_antes(dichas: list[str], lugar: int) -> tuple[int, int]:
    """El día escrito antes del mes y dónde empieza: «18 de», «ocho días del mes de»."""
    fin = lugar
    while fin and dichas[fin - 1] in _DE:
        fin -= 1
    if fin == lugar:
        return 0, lugar
    if fin and re.fullmatch(r"\d{1,2}o?", dichas[fin - 1]):
        return int(dichas[fin - 1].rstrip("o")), fin - 1
    numero, cuantas = numeros.leer_atras(dichas[max(0, fin - 4) : fin])
    return max(numero, 0), fin - cuantas


def _dia_despues(dichas: list[str], lugar: int) -> tuple[int, int]:
    """El día escrito después: «Julio 10, 2020»."""
    siguiente = dichas[lugar + 1 : lugar + 2]
    if siguiente and re.fullmatch(r"\d{1,2}", siguiente[0]):
        return int(siguiente[0]), lugar + 1
    return 0, lugar


def _anio(dichas: list[str], ultimo: int) -> tuple[int, int]:
    """El año que sigue y dónde termina; 0 si no lo dice."""
    lugar = ultimo + 1
    while lugar < len(dichas) and dichas[lugar] in ("de", "del", "ano", "a") and lugar < ultimo + 5:
        lugar += 1
    numero, cuantas = numeros.leer(dichas[lugar : lugar + 5])
    return (numero, lugar + cuantas - 1) if numero in ANIOS else (0, ultimo)


def _fecha(anio: int, mes: int, dia: int) -> dt.date | None:
    try:
        return dt.date(anio, mes, dia) if anio in ANIOS else None
    except ValueError:
        return None
