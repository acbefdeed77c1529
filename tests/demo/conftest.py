"""La demostración se carga una vez por prueba, con claves rápidas de verificar."""

import pytest
from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _claves_rapidas(settings: SettingsWrapper) -> None:
    """El cifrado lento de contraseñas no es lo que aquí se prueba."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cargada(db: None) -> list[str]:
    """La demostración completa; lo que dijo al cargarse."""
    from sesiones.demo import carga

    dicho: list[str] = []
    carga.cargar(dicho.append)
    return dicho
