"""Quién puede sentarse en un asiento en una fecha: el titular o quien lo suple por oficio.

La suplencia es permanente (hasta nuevo aviso) o para una sola sesión; pueden ser varias
sucesivas en el mismo asiento (artículo 13 de los Lineamientos, citado en el acta XVIII).
"""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from stl_portal.espanol import fecha_larga
from stl_portal.vigencia import dentro


class Titular(Protocol):
    """Periodo de un nombramiento, extremos inclusive; sin fecha, abierto."""

    @property
    def vigente_desde(self) -> dt.date | None:
        """Primer día."""

    @property
    def vigente_hasta(self) -> dt.date | None:
        """Último día."""


class Suplente(Titular, Protocol):
    """Periodo de una suplencia; con `sesion_id`, faculta solo para ella."""

    @property
    def sesion_id(self) -> int | None:
        """La única sesión para la que faculta."""


T = TypeVar("T", bound=Titular)
S = TypeVar("S", bound=Suplente)


def faculta(suplencia: Suplente, al: dt.date, sesion: int | None = None) -> bool:
    """Dice si faculta en la fecha y, cuando es para una sesión, en esa."""
    propia = suplencia.sesion_id is None or suplencia.sesion_id == sesion
    return propia and dentro(suplencia.vigente_desde, suplencia.vigente_hasta, al)


def en_turno(suplencias: Iterable[S], al: dt.date, sesion: int | None = None) -> list[S]:
    """Las que facultan: primero la de esa sesión, luego la permanente."""
    return sorted((s for s in suplencias if faculta(s, al, sesion)), key=lambda s: s.sesion_id is None)


def quien_puede_sentarse(
    titulares: Iterable[T], suplencias: Iterable[S], al: dt.date, sesion: int | None = None
) -> list[T | S]:
    """Titular, luego suplente de esa sesión, luego suplente permanente: el orden en que se ofrecen."""
    vigentes = [t for t in titulares if dentro(t.vigente_desde, t.vigente_hasta, al)]
    return [*vigentes, *en_turno(suplencias, al, sesion)]


def motivo_de_rechazo(suplencia: Suplente, al: dt.date, sesion: int | None, folio: str = "") -> str:
    """Por qué la suplencia no faculta para esa fecha y sesión; vacío si faculta.

    `folio` es el del oficio que la designa, para nombrarlo.
    """
    cual = f"El oficio {folio}" if folio else "La suplencia"
    desde, hasta = suplencia.vigente_desde, suplencia.vigente_hasta
    if suplencia.sesion_id is not None and suplencia.sesion_id != sesion:
        return f"{cual} es para otra sesión: registra la suplencia para esta."
    if desde and al < desde:
        return f"{cual} rige desde el {fecha_larga(desde)}: todavía no faculta en esta sesión."
    if hasta and al > hasta:
        return f"{cual} terminó el {fecha_larga(hasta)}: registra una suplencia vigente."
    return ""
