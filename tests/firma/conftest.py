"""La autoridad y las personas de estas pruebas; se generan una vez, que crear llaves tarda."""

import pytest

from tests.firma.pki import AMALIA, EFRAIN, URSULA, Autoridad, Emitido


@pytest.fixture(scope="session")
def autoridad() -> Autoridad:
    """La autoridad que el órgano reconoce."""
    return Autoridad("Autoridad Certificadora de Prueba")


@pytest.fixture(scope="session")
def ajena() -> Autoridad:
    """Otra autoridad, que nadie reconoce."""
    return Autoridad("Autoridad Ajena")


@pytest.fixture(scope="session")
def personas(autoridad: Autoridad) -> dict[str, Emitido]:
    """La e.firma de cada quien."""
    return {quien.nombre: autoridad.persona(quien) for quien in (AMALIA, EFRAIN, URSULA)}
