"""Los planes reales de la demostración, con el órgano que los aprobó, cargados una vez por módulo.

Por eso, en un módulo los usan todas sus pruebas o ninguna.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from ejes.demo.carga import REALES, cargar
from ejes.models import Corte, Plan
from sesiones.demo.datos import leer
from sesiones.demo.grabar import grabar
from sesiones.demo.integrar import integrar


@pytest.fixture(scope="module")
def _carga(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """La carpeta de archivos; la carga queda en una transacción que envuelve las de cada prueba."""
    carpeta = tmp_path_factory.mktemp("archivos")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=carpeta):
            grabar(leer("sesion-xxi"), integrar(leer("stl")))  # en ella se acordó la prórroga de 2020
            cargar(lambda _: None, planes=REALES)
        yield carpeta
        transaction.set_rollback(True)


@pytest.fixture
def planes(_carga: Path, db: None, settings: Settings) -> None:
    """Los dos planes; lo que una prueba cambie se deshace al terminar esa prueba."""
    settings.MEDIA_ROOT = _carga


@pytest.fixture
def plan(planes: None) -> Plan:
    return Plan.objects.get(clave="2022-2024")


@pytest.fixture
def corte(plan: Plan) -> Corte:
    return plan.cortes.select_related("plan__organo").get()
