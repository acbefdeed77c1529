"""La demostración recién cargada."""

import pytest


@pytest.fixture
def cargada(db: None) -> list[str]:
    """La demostración completa; lo que dijo al cargarse."""
    from sesiones.demo import carga

    dicho: list[str] = []
    carga.cargar(dicho.append)
    return dicho
