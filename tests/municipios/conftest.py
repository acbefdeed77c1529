"""El seguimiento de prueba y quien lo captura."""

import pytest
from django.test import Client

from municipios.models import Etapa
from sesiones import models as m
from tests.municipios.fabricas import crear_etapas
from tests.personas import Reparto


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    return crear_etapas(reparto.organo)


@pytest.fixture
def facilitadora(client: Client, reparto: Reparto, etapas: list[Etapa]) -> Client:
    client.force_login(reparto.cuentas["facilitadora"])
    return client


@pytest.fixture
def seguimiento(reparto: Reparto) -> m.Organo:
    """El órgano que sigue dos etapas."""
    crear_etapas(reparto.organo, "convocatoria", "instalacion")
    return reparto.organo


@pytest.fixture
def captura(reparto: Reparto, seguimiento: m.Organo, client: Client) -> Client:
    """Quien conduce, ya dentro."""
    client.force_login(reparto.cuentas["facilitadora"])
    return client
