"""Un plan con un corte publicado y otro por armar, y quien lo arma."""

import pytest
from django.test import Client

from ejes.models import Corte, Plan
from tests.ejes.cortes import abrir
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    return crear_plan(reparto.organo)


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def nuevo(plan: Plan) -> Corte:
    return abrir(plan)
