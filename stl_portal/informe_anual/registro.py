"""Qué apartados puede llevar un informe y quién lo hace: lo dicen las aplicaciones, que aquí no se conocen.

Cada una apunta los suyos desde su `AppConfig.ready()`:

    apuntar(Fuente("agenda", "Eventos", 60, eventos))

La que lleva los órganos dice, además, quién prepara sus informes y quién los lee antes (`instalar`).
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stl_portal.publico.registro import OrganoPublico

from .apartado import Apartado, Periodo

# Un apartado, solo de lo publicado de ese órgano y de ese periodo; None si a ese órgano no le toca. Lo de
# órganos ficticios no se suma a lo de uno real.
Dar = Callable[[OrganoPublico, Periodo], Apartado | None]


@dataclass(frozen=True)
class Fuente:
    """Un apartado: su clave permanente, su título y su lugar; los de menor `orden` van antes."""

    clave: str
    titulo: str
    orden: int
    dar: Dar


@dataclass(frozen=True)
class Quienes:
    """Los órganos: dónde la cuenta, ese día, prepara informes o los lee antes, y cuáles son reales."""

    prepara: Callable[[Any, dt.date], "QuerySet[Any]"]
    lee: Callable[[Any, dt.date], "QuerySet[Any]"]
    reales: Callable[[], "QuerySet[Any]"]


FUENTES: dict[str, Fuente] = {}
_QUIENES: list[Quienes] = []


def apuntar(fuente: Fuente) -> None:
    """Agrega un apartado; repetirlo no lo duplica."""
    FUENTES[fuente.clave] = fuente


def instalar(quienes: Quienes) -> None:
    """Dice quién prepara y quién lee; la última vale."""
    _QUIENES[:] = [quienes]


def quienes() -> Quienes:
    """Lanza `LookupError` si ninguna aplicación lo dijo."""
    if not _QUIENES:
        raise LookupError("Ninguna aplicación dijo quién prepara los informes anuales.")
    return _QUIENES[0]


def en_orden() -> list[Fuente]:
    """Los apartados que hay, en el orden en que se leen."""
    return sorted(FUENTES.values(), key=lambda fuente: (fuente.orden, fuente.clave))
