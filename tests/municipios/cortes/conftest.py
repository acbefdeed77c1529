"""Un seguimiento con dos etapas, algo anotado en ellas, y un corte en preparación."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from municipios.cortes import preparar, publicar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.models import CorteMunicipal, CorteMunicipalPublicado, Etapa
from tests.cuentas.codigos import identificarse
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.personas import DIA, Reparto

AHORA = timezone.make_aware(dt.datetime(2026, 4, 1, 12))


@pytest.fixture
def etapas(reparto: Reparto) -> list[Etapa]:
    """Convocatoria e instalación; en León la convocatoria está en proceso."""
    etapas = crear_etapas(reparto.organo)
    anotar(etapas[0], LEON, "en_proceso", cuando=AHORA - dt.timedelta(days=1))
    return etapas


@pytest.fixture
def corte(reparto: Reparto, etapas: list[Etapa]) -> CorteMunicipal:
    return preparar.abrir(reparto.organo, nombre="Corte de marzo", fecha=DIA, fuente="Lo anotado")


@pytest.fixture
def solo_total(corte: CorteMunicipal, etapas: list[Etapa]) -> CorteMunicipal:
    """De la instalación solo se conoce el total: 2 instalados y 44 sin información."""
    instalacion = etapas[1]
    cumplido, nada = (instalacion.situaciones.get(clave=c) for c in ("cumplido", "sin_informacion"))
    dicho = {instalacion.pk: DeEtapa(Como.TOTAL, {nada.pk: 44, cumplido.pk: 2})}
    preparar.guardar_etapas(corte, corte.version, dicho, None)
    corte.refresh_from_db()
    return corte


@pytest.fixture
def mesa(client: Client, reparto: Reparto) -> Client:
    """La facilitadora, recién identificada."""
    return identificarse(client, reparto.cuentas["facilitadora"])


@pytest.fixture
def publicado(solo_total: CorteMunicipal) -> CorteMunicipalPublicado:
    return publicar.publicar(solo_total, None, AHORA)
