"""Los planes de la demostración, con el órgano real que los aprobó."""

import pytest

from ejes.demo.carga import REALES, cargar
from ejes.models import Corte, Plan
from sesiones.demo.datos import leer
from sesiones.demo.grabar import grabar
from sesiones.demo.integrar import integrar


@pytest.fixture
def planes(db: None) -> None:
    grabar(leer("sesion-xxi"), integrar(leer("stl")))  # en ella se acordó la prórroga de 2020
    cargar(lambda _: None, planes=REALES)


@pytest.fixture
def plan(planes: None) -> Plan:
    return Plan.objects.get(clave="2022-2024")


@pytest.fixture
def corte(plan: Plan) -> Corte:
    return plan.cortes.select_related("plan__organo").get()
