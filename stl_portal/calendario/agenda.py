"""Todas las citas públicas, de todas las aplicaciones y en orden."""

import datetime as dt
from collections.abc import Iterable

from .registro import CITAS, Cita

# Cuánto se busca hacia adelante o hacia atrás, cada vez más lejos: casi siempre basta lo primero.
TRAMOS = (dt.timedelta(days=366), dt.timedelta(days=3660), dt.timedelta(days=36600))


def todas(desde: dt.date, hasta: dt.date, organo: str = "") -> list[Cita]:
    """Las que tocan alguno de esos días, con las canceladas y con lo que ya solo importa a una agenda."""
    citas = [cita for fuente in CITAS for cita in fuente.entre(desde, hasta, organo)]
    return sorted(citas, key=lambda cita: (cita.dia, cita.hora or dt.time.min, cita.identidad))


def a_la_vista(desde: dt.date, hasta: dt.date, organo: str = "") -> list[Cita]:
    """Las que se muestran en una página."""
    return [cita for cita in todas(desde, hasta, organo) if not cita.solo_agenda]


def extremos(organo: str = "") -> tuple[dt.date, dt.date] | None:
    """El primer y el último día con alguna cita; None si no hay ninguna."""
    pares = [fuente.extremos(organo) for fuente in CITAS]
    dias = [dia for par in pares for dia in par if dia is not None]
    return (min(dias), max(dias)) if dias else None


def siguiente(tras: dt.date, organo: str = "") -> Cita | None:
    """La primera después de ese día."""
    return _la_primera(((tras + dt.timedelta(days=1), tras + tramo) for tramo in _hasta_el_fin(tras)), organo)


def anterior(antes_de: dt.date, organo: str = "") -> Cita | None:
    """La última antes de ese día."""
    for tramo in TRAMOS:
        desde = max(dt.date.min + tramo, antes_de) - tramo
        citas = a_la_vista(desde, antes_de - dt.timedelta(days=1), organo)
        if citas:
            return citas[-1]
    return None


def _hasta_el_fin(dia: dt.date) -> Iterable[dt.timedelta]:
    return (min(tramo, dt.date.max - dia) for tramo in TRAMOS)


def _la_primera(tramos: Iterable[tuple[dt.date, dt.date]], organo: str) -> Cita | None:
    for desde, hasta in tramos:
        citas = a_la_vista(desde, hasta, organo)
        if citas:
            return citas[0]
    return None
