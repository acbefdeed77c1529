"""La documentación para personas: lo que ahí se dice funciona tal cual está escrito."""

import html
import re
import shlex

import pytest
from django.core.cache import cache
from django.test import Client

from sesiones import models as m
from stl_portal.datos.registro import CONJUNTOS
from tests.datos.api.lector import leer
from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto

SITIO = "http://127.0.0.1:8000"


def ordenes(client: Client) -> list[list[str]]:
    """Las órdenes de la página, como las lee una terminal."""
    pagina = client.get("/api/").content.decode()
    return [
        shlex.split(html.unescape(orden)) for orden in re.findall(r"<pre[^>]*><code>(.*?)</code>", pagina)
    ]


def test_cada_orden_de_curl_se_puede_copiar_y_responde(client: Client, acordada: m.Sesion) -> None:
    leidas = ordenes(client)
    assert len(leidas) == 5
    for curl, *banderas, direccion in leidas:
        assert (curl, set(banderas) <= {"-I", "-OJ"}) == ("curl", True)
        assert direccion.startswith(f"{SITIO}/")
        metodo = client.head if "-I" in banderas else client.get
        respuesta = metodo(direccion.removeprefix(SITIO))
        assert respuesta.status_code == 200
        list(respuesta)  # leerlo entero


def test_las_ordenes_piden_lo_que_dicen(client: Client, acordada: m.Sesion) -> None:
    acordada.acuerdos.get(numero=1).dar_seguimiento("cumplido", "Ya.", por=None, fecha=acordada.fecha)
    _, cinco, cumplidos, hoja, cabeceras = (orden[-1].removeprefix(SITIO) for orden in ordenes(client))
    assert [fila["numero"] for fila in leer(client, cinco)["filas"]] == [1, 2, 3, 4, 5]
    assert [fila["numero"] for fila in leer(client, cumplidos)["filas"]] == [1]
    descargado = client.get(hoja)
    assert descargado["Content-Disposition"].startswith("attachment")
    assert "ETag" in client.head(cabeceras).headers


@pytest.mark.django_db
def test_nombra_todos_los_conjuntos_con_sus_filtros_y_nada_de_fuera(client: Client) -> None:
    pagina = client.get("/api/").content.decode()
    for conjunto in CONJUNTOS.values():
        assert f'href="/api/v1/{conjunto.clave}/"' in pagina
        assert ", ".join(filtro.nombre for filtro in conjunto.filtros) in pagina
    assert "Más de 600 peticiones en 10 minutos" in pagina
    assert re.findall(r'(?:src|rel="stylesheet" href)="https?://', pagina) == []
    assert "style=" not in pagina


def test_cada_liga_responde_y_de_cada_conjunto_lleva_a_una_fila(client: Client, reparto: Reparto) -> None:
    crear_mundo(reparto)
    pagina = client.get("/api/").content.decode()
    contenido = pagina[pagina.index("<main") : pagina.index("</main>")]
    ligas = [html.unescape(liga) for liga in re.findall(r'<a href="(/[^"#]*)"', contenido)]
    for liga in ligas:
        cache.clear()  # de la cuenta de peticiones se ocupa otra prueba
        assert (liga, client.get(liga).status_code) == (liga, 200)
    for clave in CONJUNTOS:
        de_una_fila = [liga for liga in ligas if re.fullmatch(f"/api/v1/{clave}/.+/", liga)]
        cache.clear()
        primera = leer(client, f"/api/v1/{clave}/?limite=1")["filas"][0]
        assert [leer(client, liga) for liga in de_una_fila] == [primera]


def test_de_lo_que_nada_se_ha_publicado_no_inventa_una_fila(client: Client, reparto: Reparto) -> None:
    pagina = client.get("/api/").content.decode()
    assert re.findall(r'href="(/api/v1/acuerdos/[^"]*)"', pagina) == ["/api/v1/acuerdos/"]
    assert "Todavía no se publica ninguna fila." in pagina
