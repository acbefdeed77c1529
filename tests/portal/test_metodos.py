"""A quien pide de un modo que no procede se le dice (405), nunca se le contesta con la página."""

import pytest
from django.test import Client

from tests.personas import Reparto

DE_LEER = (
    "/",
    "/sesiones/",
    "/municipios/",
    "/datos/acuerdos.csv",
    "/calendario.ics",
    "/ayuda/",
    "/registro/",
)
INVENTADOS = ("POST", "PUT", "DELETE", "TRACE", "INVENTADO")


@pytest.mark.parametrize("ruta", DE_LEER)
def test_una_pagina_que_solo_se_lee_no_recibe_nada(reparto: Reparto, ruta: str) -> None:
    """Ni siquiera dice que caducó una ficha que nunca hubo."""
    client = Client(enforce_csrf_checks=True)
    for metodo in INVENTADOS:
        respuesta = client.generic(metodo, ruta, "x=1", content_type="application/x-www-form-urlencoded")
        assert respuesta.status_code == 405, metodo
        assert {"GET", "HEAD"} <= set(respuesta["Allow"].split(", "))
        assert "POST" not in respuesta["Allow"]
        assert "Aquí solo se lee" in respuesta.content.decode()


def test_preguntar_que_se_admite_no_contesta_la_pagina(client: Client, reparto: Reparto) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    for ruta in (*DE_LEER, "/mi/", "/entrar/"):
        respuesta = client.options(ruta)
        assert "<main" not in respuesta.content.decode() or respuesta.status_code == 405, ruta
        assert respuesta.status_code in (200, 302, 405), ruta
    assert client.options("/mi/").status_code == 405


def test_lo_que_si_se_envia_conserva_lo_escrito_si_caduco_su_ficha(reparto: Reparto) -> None:
    """Donde sí se admite POST, sin ficha sigue siendo 403 y lo escrito se repone."""
    client = Client(enforce_csrf_checks=True)
    for ruta in ("/seguir/", "/entrar/"):
        respuesta = client.post(ruta, {"correo": "ana@ejemplo.mx"})
        assert respuesta.status_code == 403
        assert "ana@ejemplo.mx" in respuesta.content.decode()
