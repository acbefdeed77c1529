"""Quién puede sentarse en un asiento en una fecha: el titular o quien lo suple por oficio.

La suplencia es permanente (hasta nuevo aviso) o para una sola sesión; pueden ser varias
sucesivas en el mismo asiento (artículo 13 de los Lineamientos, citado en el acta XVIII).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from stl_portal.espanol import fecha_larga
from stl_portal.vigencia import dentro


@dataclass(frozen=True)
class TerminoTitular:
    """Periodo de un nombramiento, extremos inclusive; sin fecha, abierto."""

    persona: int | None
    desde: dt.date | None = None
    hasta: dt.date | None = None


@dataclass(frozen=True)
class TerminoSuplente(TerminoTitular):
    """Periodo de una suplencia; con `sesion`, faculta solo para ella."""

    sesion: int | None = None
    oficio: str = ""


Termino = TerminoTitular | TerminoSuplente


def traslapan(uno: Termino, otro: Termino) -> bool:
    """Dice si comparten al menos un día con el mismo alcance.

    Una suplencia para cierta sesión no choca con la permanente ni con la de otra sesión.
    """
    if getattr(uno, "sesion", None) != getattr(otro, "sesion", None):
        return False
    inicio = max(uno.desde or dt.date.min, otro.desde or dt.date.min)
    fin = min(uno.hasta or dt.date.max, otro.hasta or dt.date.max)
    return inicio <= fin


def vigente(termino: Termino, al: dt.date, sesion: int | None = None) -> bool:
    """Dice si faculta en la fecha y, cuando es para una sesión, en esa."""
    if isinstance(termino, TerminoSuplente) and termino.sesion not in (None, sesion):
        return False
    return dentro(termino.desde, termino.hasta, al)


def quien_puede_sentarse(
    titulares: Iterable[TerminoTitular],
    suplentes: Iterable[TerminoSuplente],
    al: dt.date,
    sesion: int | None = None,
) -> list[Termino]:
    """Titular, luego suplente de esa sesión, luego suplente permanente: el orden en que se ofrecen."""
    en_turno = [s for s in suplentes if vigente(s, al, sesion)]
    ordenados = sorted(en_turno, key=lambda s: s.sesion is None)
    return [*(t for t in titulares if vigente(t, al)), *ordenados]


def motivo_de_rechazo(suplencia: TerminoSuplente, al: dt.date, sesion: int | None) -> str:
    """Por qué la suplencia no faculta para esa fecha y sesión; vacío si faculta."""
    cual = f"El oficio {suplencia.oficio}" if suplencia.oficio else "La suplencia"
    if suplencia.sesion is not None and suplencia.sesion != sesion:
        return f"{cual} es para otra sesión: registra la suplencia para esta."
    if suplencia.desde and al < suplencia.desde:
        return f"{cual} rige desde el {fecha_larga(suplencia.desde)}: todavía no faculta en esta sesión."
    if suplencia.hasta and al > suplencia.hasta:
        return f"{cual} terminó el {fecha_larga(suplencia.hasta)}: registra una suplencia vigente."
    return ""
