"""Una sesión lista para convocarse y quien la convoca."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from sesiones import models as m
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import Reparto

MEXICO = ZoneInfo("America/Mexico_City")
LUNES = dt.datetime(2026, 3, 9, 9, 0, tzinfo=MEXICO)
MARTES = LUNES + dt.timedelta(days=1)


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """Una sesión con dos puntos, lista para convocarse."""
    fila = crear_sesion(reparto, liga="https://reunion.example/abc")
    crear_punto(fila, "Pase de lista")
    crear_punto(fila, "Informe de avances")
    return fila


@pytest.fixture
def por(reparto: Reparto) -> object:
    """Quien conduce."""
    return reparto.cuentas["facilitadora"]
