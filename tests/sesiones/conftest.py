"""Lo común a las pruebas de fundar un secretariado."""

import pytest
from django.test import Client

from municipios import carga
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto


@pytest.fixture
def administra(client: Client, reparto: Reparto) -> Client:
    """La administradora del estatal, recién identificada, con los municipios cargados."""
    carga.cargar()
    return identificarse(client, reparto.cuentas["administradora"])
