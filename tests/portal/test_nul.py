"""Un carácter nulo en la dirección es una dirección que no existe, en las dos bases."""

import pytest
from django.test import Client

from tests.personas import Reparto


@pytest.mark.parametrize(
    "ruta",
    [
        "/municipios/%00/",
        "/municipios/informes/%00/1/",
        "/preguntas/compromiso/%00/1.1/nueva/",
        "/preguntas/acuerdo/%00/x/1/nueva/",
        "/api/v1/sesiones/%00/",
        "/sesiones/%00/",
    ],
)
def test_un_nulo_en_la_direccion_es_404(client: Client, reparto: Reparto, ruta: str) -> None:
    assert client.get(ruta).status_code == 404
