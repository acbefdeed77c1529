"""Pedir la suscripción de un órgano con `?organo=` lleva a la suya; nunca da la de todos."""

import pytest
from django.test import Client

from tests.personas import Reparto

CANALES = {"/calendario.ics": "/calendario/prueba.ics", "/novedades.atom": "/novedades/prueba.atom"}


@pytest.mark.parametrize(("canal", "suyo"), CANALES.items())
def test_con_un_organo_lleva_a_su_direccion(client: Client, reparto: Reparto, canal: str, suyo: str) -> None:
    respuesta = client.get(canal, {"organo": "prueba"})
    assert (respuesta.status_code, respuesta.headers["Location"]) == (302, suyo)
    assert client.get(suyo).status_code == 200
    assert [client.get(canal, consulta).status_code for consulta in ({}, {"organo": ""})] == [200, 200]


@pytest.mark.parametrize("canal", CANALES)
@pytest.mark.parametrize("clave", ["nadie", "no es clave", "\0", "../prueba"])
def test_de_un_organo_que_no_hay_es_404(client: Client, reparto: Reparto, canal: str, clave: str) -> None:
    assert client.get(canal, {"organo": clave}).status_code == 404
