"""Horas de cualquier forma: «10:00 hrs.», «2:15 p.m.», «diecisiete horas con cinco minutos»."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from . import numeros
from .letras import llano


class Dicha(NamedTuple):
    """Una hora y el tramo del texto que la dice."""

    hora: dt.time
    desde: int
    hasta: int


_RELOJ = re.compile(
    r"\b(\d{1,2})\s?[:.]\s?(\d{2})(?!\d|[/.-]\d)\s*((?:a|p)\.?\s?m\b\.?|horas|hrs?\b\.?|h\b)?"
)
_MEDIA = re.compile(r"\b(\d{1,2})\s*((?:a|p)\.?\s?m\b\.?)")
_PALABRA = re.compile(r"[a-z0-9]+")


def hallar(texto: str) -> list[Dicha]:
    """Las horas que dice, en orden; lo mismo dicho con cifra y con letra cuenta dos veces."""
    plano = llano(texto)
    return sorted({*_de_reloj(plano), *_de_palabras(plano)}, key=lambda h: h.desde)


def _de_reloj(plano: str) -> Iterator[Dicha]:
    for hallada in _RELOJ.finditer(plano):
        con_punto = "." in hallada[0][: hallada.end(2) - hallada.start()]
        if con_punto and not hallada[3]:
            continue  # «3.10» sin «horas» es un punto del orden del día
        yield from _dicha(int(hallada[1]), int(hallada[2]), hallada[3] or "", hallada.span())
    for hallada in _MEDIA.finditer(plano):
        if plano[hallada.start() - 1 : hallada.start()] not in (":", "."):
            yield from _dicha(int(hallada[1]), 0, hallada[2], hallada.span())


def _de_palabras(plano: str) -> Iterator[Dicha]:
    tramos = list(_PALABRA.finditer(plano))
    dichas = [t[0] for t in tramos]
    for lugar, palabra in enumerate(dichas):
        if palabra not in ("horas", "hora", "hrs"):
            continue
        hora, cuantas = numeros.leer_atras(dichas[max(0, lugar - 3) : lugar])
        if not cuantas or ":" in plano[max(0, tramos[lugar].start() - 4) : tramos[lugar].start()]:
            continue
        siguiente = lugar + 1 + (dichas[lugar + 1 : lugar + 2] in (["con"], ["y"]))
        minutos, usadas = numeros.leer(dichas[siguiente : siguiente + 3])
        if dichas[siguiente + usadas : siguiente + usadas + 1] not in (["minutos"], ["minuto"]):
            minutos, siguiente, usadas = 0, lugar, 0
        ultimo = siguiente + usadas
        yield from _dicha(hora, minutos, "", (tramos[lugar - cuantas].start(), tramos[ultimo].end()))


def _dicha(hora: int, minutos: int, seguido: str, tramo: tuple[int, int]) -> Iterator[Dicha]:
    if seguido.startswith("p") and hora < 12:
        hora += 12
    if seguido.startswith("a") and hora == 12:
        hora = 0
    if 0 <= hora < 24 and 0 <= minutos < 60:
        yield Dicha(dt.time(hora, minutos), *tramo)
