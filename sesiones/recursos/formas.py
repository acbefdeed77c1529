"""Qué forma tiene cada dato con estructura de las sesiones."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sesiones.convocar import DATOS
from sesiones.estados import ClaseFirma, Modalidad, Sector
from stl_portal.traspaso.con_forma import objeto

DE_LA_FIRMA: Mapping[str, tuple[str, ...]] = {
    ClaseFirma.SIMPLE: ("metodo",),
    ClaseFirma.AVANZADA: ("serie", "emisor", "revocacion"),
}


def aviso(valor: Any, _: Mapping[str, Any]) -> bool:
    """Lo que dijo una convocatoria: sus datos (las más viejas, no todos) y su orden del día."""
    dt.date.fromisoformat(valor["fecha"]), dt.time.fromisoformat(valor["hora"])
    de_texto = objeto(valor, dict.fromkeys({"designacion", "lugar", *(c for c in DATOS if c in valor)}, str))
    modalidad = valor.get("modalidad", "") in ("", *Modalidad.values)
    orden = all(isinstance(nivel, int) and isinstance(e + t, str) for nivel, e, t in valor["puntos"])
    return de_texto and modalidad and orden


def minimos(valor: Any, _: Mapping[str, Any]) -> bool:
    """Cuántos de cada sector pide el quórum."""
    return all(sector in Sector.values and isinstance(n, int) and n >= 0 for sector, n in valor.items())


def detalle(valor: Any, ahora: Mapping[str, Any]) -> bool:
    """Cómo se firmó: lo que se lee de cada clase de firma."""
    return objeto(valor, dict.fromkeys(DE_LA_FIRMA.get(ahora["clase"], ()), str))
