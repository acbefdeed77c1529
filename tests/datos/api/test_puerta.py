"""Solo se lee, la lee cualquiera desde cualquier sitio, y a todos se les contesta lo mismo."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from sesiones import models as m
from tests.datos.api.lector import RAIZ, leer
from tests.personas import Reparto

ACUERDOS = f"{RAIZ}acuerdos/"


def test_con_cuenta_o_sin_ella_se_recibe_lo_mismo(
    client: Client, reparto: Reparto, acordada: m.Sesion
) -> None:
    sin_cuenta = client.get(ACUERDOS)
    client.force_login(reparto.cuentas["administradora"])
    con_cuenta = client.get(ACUERDOS)
    assert con_cuenta.content == sin_cuenta.content
    assert dict(con_cuenta.headers) == dict(sin_cuenta.headers)
    assert "Vary" not in con_cuenta.headers
    assert not con_cuenta.cookies


@pytest.mark.parametrize("metodo", ["post", "put", "patch", "delete", "trace"])
def test_no_se_escribe_y_se_dice_en_json_sin_pedir_ficha(db: None, metodo: str) -> None:
    exigente = Client(enforce_csrf_checks=True)
    respuesta = getattr(exigente, metodo)(ACUERDOS)
    assert (respuesta.status_code, respuesta["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert respuesta.json() == {
        "error": "metodo",
        "mensaje": "Aquí solo se lee: usa GET o HEAD.",
        "campo": None,
    }


def test_cualquier_sitio_puede_leerla_y_preguntar_antes(client: Client, acordada: m.Sesion) -> None:
    antes = client.options(ACUERDOS, headers={"Origin": "https://otro.example"})
    assert (antes.status_code, antes.content) == (204, b"")
    assert antes["Access-Control-Allow-Origin"] == "*"
    assert antes["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in antes.headers
    for direccion, codigo in ((ACUERDOS, 200), (f"{ACUERDOS}nadie/", 404), (f"{RAIZ}nada/", 404)):
        respuesta = client.get(direccion)
        assert (respuesta.status_code, respuesta["Access-Control-Allow-Origin"]) == (codigo, "*")
        assert respuesta["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_head_da_las_cabeceras_de_get(client: Client, acordada: m.Sesion) -> None:
    completo, solo_cabeceras = client.get(ACUERDOS), client.head(ACUERDOS)
    assert dict(solo_cabeceras.headers) == dict(completo.headers)
    assert solo_cabeceras.content == b""


def test_quien_ya_lo_tiene_recibe_304_hasta_que_algo_cambia(client: Client, acordada: m.Sesion) -> None:
    etag = client.get(ACUERDOS)["ETag"]
    igual = client.get(ACUERDOS, headers={"If-None-Match": etag})
    assert (igual.status_code, igual.content, igual["ETag"]) == (304, b"", etag)
    assert igual["Cache-Control"] == "public, no-cache"
    assert igual["Access-Control-Allow-Origin"] == "*"
    m.Acuerdo.objects.filter(numero=1).update(texto="Otro texto")
    distinto = client.get(ACUERDOS, headers={"If-None-Match": etag})
    assert distinto.status_code == 200
    assert distinto["ETag"] != etag


def test_quien_insiste_demasiado_espera_y_los_demas_no(db: None, client: Client, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"api": "3/10m/ip"}
    cache.clear()
    codigos = [client.get(ACUERDOS, REMOTE_ADDR="198.51.100.7").status_code for _ in range(5)]
    assert codigos == [200, 200, 200, 429, 429]
    negada = client.get(ACUERDOS, REMOTE_ADDR="198.51.100.7")
    assert (negada["Retry-After"], negada["Cache-Control"]) == ("600", "no-store")
    assert negada.json()["error"] == "limite"
    assert client.get(ACUERDOS, REMOTE_ADDR="198.51.100.8").status_code == 200
    assert client.options(ACUERDOS, REMOTE_ADDR="198.51.100.7").status_code == 204  # preguntar no cuenta


def test_el_indice_dice_que_hay_y_todo_lo_que_dice_responde(db: None, client: Client) -> None:
    indice = leer(client, RAIZ)
    assert [c["clave"] for c in indice["conjuntos"]][:4] == [
        "organos",
        "integrantes",
        "sesiones",
        "asistencias",
    ]
    for conjunto in indice["conjuntos"]:
        assert leer(client, conjunto["direccion"])["filas"] == []
    assert leer(client, indice["openapi"])["openapi"] == "3.1.0"
