"""Ajustes comunes a todas las pruebas; los personajes y las fábricas viven en sus módulos."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.personas import Reparto, crear_reparto


@pytest.fixture(autouse=True)
def _archivos_aparte(settings: Settings, tmp_path: Path) -> None:
    """Lo que una prueba escribe en disco va a su carpeta y desaparece con ella."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    settings.EMAIL_FILE_PATH = str(tmp_path / "correo")


@pytest.fixture(autouse=True)
def _claves_rapidas(settings: Settings) -> None:
    """El resumen lento de contraseñas protege a las personas, no a las pruebas."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def reparto(db: None) -> Reparto:
    """El órgano de prueba con su gente; las pruebas de hilos lo crean por su cuenta."""
    return crear_reparto()
