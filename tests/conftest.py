"""Ajustes comunes a todas las pruebas; los personajes y las fábricas viven en sus módulos."""

from pathlib import Path

import pytest
from pytest_django.fixtures import SettingsWrapper

from tests.personas import Reparto, crear_reparto


@pytest.fixture(autouse=True)
def _archivos_aparte(settings: SettingsWrapper, tmp_path: Path) -> None:
    """Lo que una prueba escribe en disco va a su carpeta y desaparece con ella."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    settings.EMAIL_FILE_PATH = str(tmp_path / "correo")


@pytest.fixture
def reparto(db: None) -> Reparto:
    """El órgano de prueba con su gente; las pruebas de hilos lo crean por su cuenta."""
    return crear_reparto()
