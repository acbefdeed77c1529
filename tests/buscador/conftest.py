"""Una fuente de mentiras, para probar el índice sin publicar nada."""

from collections.abc import Iterator

import pytest

from stl_portal.buscador.fuentes import FUENTES
from tests.buscador import halla


@pytest.fixture
def fuente_de_prueba(db: None) -> Iterator[None]:
    """`halla.poner(…)` publica esos lugares; al terminar, la fuente se va."""
    halla.apuntar_ensayo()
    yield
    halla.PUESTOS.clear()
    FUENTES.pop("ensayo")
