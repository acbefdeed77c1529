"""Qué respaldos se quedan: el más nuevo de cada uno de los últimos días, semanas y meses."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Cuantos:
    """Cuántos días, semanas (de lunes a domingo) y meses con respaldo se conservan."""

    diarios: int
    semanales: int
    mensuales: int


def se_quedan(hechos: Iterable[dt.datetime], cuantos: Cuantos) -> set[dt.datetime]:
    """Los que se conservan; el más nuevo, siempre.

    Se cuentan los periodos en que hubo respaldo, no los del calendario: si nadie respalda durante un año, no
    se borra nada.
    """
    nuevos_primero = sorted(set(hechos), reverse=True)
    return (
        set(nuevos_primero[:1])
        | _de_cada(nuevos_primero, cuantos.diarios, lambda h: h.date())
        | _de_cada(nuevos_primero, cuantos.semanales, lambda h: h.isocalendar()[:2])
        | _de_cada(nuevos_primero, cuantos.mensuales, lambda h: (h.year, h.month))
    )


def _de_cada(
    nuevos_primero: list[dt.datetime], cuantos: int, periodo: Callable[[dt.datetime], object]
) -> set[dt.datetime]:
    """El más nuevo de cada uno de los últimos periodos."""
    del_periodo: dict[object, dt.datetime] = {}
    for hecho in nuevos_primero:
        if len(del_periodo) == cuantos and periodo(hecho) not in del_periodo:
            break
        if cuantos > 0:
            del_periodo.setdefault(periodo(hecho), hecho)
    return set(del_periodo.values())
