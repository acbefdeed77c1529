"""Una página que no existe se contesta igual en todas las listas públicas."""

import pytest
from django.test import Client

from tests.personas import Reparto

LISTAS = (
    "/sesiones/",
    "/sesiones/prueba/",
    "/acuerdos/",
    "/integrantes/",
    "/preguntas/",
    "/registro/",
    "/buscar/",
    "/datos/acuerdos/versiones/",
    "/municipios/informes/",
    "/municipios/capacitaciones/",
)


@pytest.mark.parametrize("lista", LISTAS)
def test_una_pagina_que_no_existe_es_404(client: Client, reparto: Reparto, lista: str) -> None:
    pedidas = {page: client.get(lista, {"page": page}).status_code for page in ("1", "", "2", "0", "-1", "x")}
    assert pedidas == {"1": 200, "": 200, "2": 404, "0": 404, "-1": 404, "x": 404}
