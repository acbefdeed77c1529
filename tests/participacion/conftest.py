"""Un compromiso a cargo de la asociación civil y un acuerdo de una sesión concluida."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.core.cache import cache

from ejes.models import Plan
from sesiones import models as m
from sesiones.cierre import cerrar
from stl_portal.participacion.registro import Objeto
from tests import fabricas as de_sesiones
from tests.participacion.fabricas import objeto_de
from tests.personas import Reparto


@pytest.fixture(autouse=True)
def _limites_de_cero() -> Iterator[None]:
    """Los límites por dirección de red empiezan de cero en cada prueba."""
    cache.clear()
    yield
    cache.clear()


def crear_plan(reparto: Reparto, clave: str = "prueba") -> Plan:
    """Un compromiso con responsable (1.1) y otro que nadie tiene a su cargo (1.2)."""
    plan = Plan.objects.create(organo=reparto.organo, clave=clave, nombre="Plan", inicio=2026, fin=2027)
    eje = plan.ejes.create(numero=1, nombre="Datos")
    eje.compromisos.create(numero=1, nombre="Abrir datos", responsable=reparto.asientos["civil"])
    eje.compromisos.create(numero=2, nombre="Sin encargo")
    plan.cambiar("publicar", None)
    return plan


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    return crear_plan(reparto)


@pytest.fixture
def compromiso(plan: Plan) -> Objeto:
    return objeto_de("compromiso", f"{plan.clave}/1.1")


@pytest.fixture
def acuerdo(reparto: Reparto) -> m.Acuerdo:
    """El primero de una sesión concluida, a cargo de la universidad."""
    sesion = de_sesiones.crear_en_curso(reparto)
    asiento = reparto.asientos["academia"]
    uno = m.Acuerdo.agregar(sesion.puntos.get(), texto="Difundir", responsable_asiento=asiento)
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    return uno
