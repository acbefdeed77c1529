"""El seguimiento de prueba y quien lo captura."""

import pytest
from django.test import Client

from municipios.models import Etapa
from tests.municipios.fabricas import crear_etapas
from tests.personas import Reparto


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


@pytest.fixture
def facilitadora(client: Client, reparto: Reparto, etapas: list[Etapa]) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client
