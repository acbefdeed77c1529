"""Los planes de la demostración, con el órgano real que los aprobó."""

import pytest

from ejes.demo.carga import cargar
from ejes.models import Corte, Plan
from sesiones.demo.datos import leer
from sesiones.demo.integrar import integrar


@pytest.fixture
def planes(db: None) -> None:
    integrar(leer("stl"))
    cargar(lambda _: None)


@pytest.fixture
def plan(planes: None) -> Plan:
    return Plan.objects.get(clave="2022-2024")


@pytest.fixture
def corte(plan: Plan) -> Corte:
    return plan.cortes.select_related("plan__organo").get()
