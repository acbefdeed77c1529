"""El conjunto de muestra, apuntado solo mientras dura la prueba."""

import pytest

from stl_portal.datos.registro import CONJUNTOS, Conjunto
from tests.datos.muestra import MUESTRA


@pytest.fixture
def muestra(db: None, monkeypatch: pytest.MonkeyPatch) -> Conjunto:
    """Como si una aplicación lo hubiera apuntado."""
    monkeypatch.setitem(CONJUNTOS, MUESTRA.clave, MUESTRA)
    return MUESTRA
