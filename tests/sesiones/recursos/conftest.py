"""Un portal exportado una sola vez, para todas las pruebas de la carpeta."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django import DjangoDbBlocker, Settings

from tests.sesiones.recursos import mundo
from tests.sesiones.recursos.mudanza import Foto, antes_de_vaciar

PUBLICOS = ("organos", "integrantes", "sesiones", "asistencias", "votaciones", "votos", "acuerdos")


@pytest.fixture(scope="session")
def _exportado(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Foto, Path]:
    """La foto y los archivos del almacén; en la base no queda nada."""
    almacen = tmp_path_factory.mktemp("almacen")
    antes, settings.MEDIA_ROOT = settings.MEDIA_ROOT, almacen
    with django_db_blocker.unblock():
        tomada = antes_de_vaciar(mundo.crear, PUBLICOS)
    settings.MEDIA_ROOT = antes
    return tomada, almacen


@pytest.fixture
def exportado(db: None, settings: Settings, _exportado: tuple[Foto, Path]) -> Foto:
    """Lo exportado, con sus archivos ya copiados al almacén de la prueba."""
    tomada, almacen = _exportado
    shutil.copytree(almacen, settings.MEDIA_ROOT, dirs_exist_ok=True)
    return tomada
