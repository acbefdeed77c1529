"""La propuesta como datos que se guardan: fechas y horas en ISO, lo demás tal cual."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from .hallado import Propuesta


def escribir(propuesta: Propuesta) -> dict[str, Any]:
    """La propuesta lista para JSON."""
    escrita: dict[str, Any] = _llana(asdict(propuesta))
    return escrita


def _llana(valor: Any) -> Any:
    if isinstance(valor, dict):
        return {clave: _llana(parte) for clave, parte in valor.items()}
    if isinstance(valor, (list, tuple)):
        return [_llana(parte) for parte in valor]
    if isinstance(valor, dt.time):
        return valor.isoformat("minutes")
    return valor.isoformat() if isinstance(valor, dt.date) else valor
