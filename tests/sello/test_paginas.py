"""El registro público: lo que se ve, lo que se descarga y cuánto cuesta."""

import hashlib
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stl_portal.sello import merkle, puntos
from stl_portal.sello.bitacora import anotar
from stl_portal.sello.models import Eslabon

CONSULTAS = {"/registro/": 4, "/registro/eslabon/1/": 4, "/registro/eslabon/1.json": 3}


def anotar_varios(cuantos: int) -> None:
    """Esos eslabones, con un texto que hay que escapar."""
    for numero in range(cuantos):
        anotar("acta-sellada", {"folio": f"<b>{numero}</b>"}, objeto=f"acta:{numero}")


def consultas(client: Client, url: str) -> int:
    """Cuántas pide la página."""
    with CaptureQueriesContext(connection) as hechas:
        assert client.get(url).status_code == 200
    return len(hechas)


@pytest.mark.parametrize("url", CONSULTAS)
def test_las_consultas_no_crecen(client: Client, db: None, url: str) -> None:
    anotar_varios(1)
    puntos.publicar()
    assert consultas(client, url) == CONSULTAS[url]
    anotar_varios(60)
    puntos.publicar()
    assert consultas(client, url) == CONSULTAS[url]


def test_la_lista_vacia_lo_dice(client: Client, db: None) -> None:
    assert "Aún no consta nada" in client.get("/registro/").content.decode()


def test_la_lista_va_por_paginas_del_mas_reciente_al_primero(client: Client, db: None) -> None:
    anotar_varios(30)
    pagina = client.get("/registro/").content.decode()
    assert "30 eslabones" in pagina
    assert 'href="/registro/eslabon/30/"' in pagina
    assert 'href="/registro/eslabon/5/"' not in pagina
    assert 'href="/registro/eslabon/5/"' in client.get("/registro/?page=2").content.decode()
    assert client.get("/registro/?page=9").status_code == 404


def test_el_eslabon_muestra_su_contenido_sin_interpretarlo(client: Client, db: None) -> None:
    anotar_varios(2)
    pagina = client.get("/registro/eslabon/2/").content.decode()
    assert "Eslabón 2: Acta sellada" in pagina
    assert "&lt;b&gt;1&lt;/b&gt;" in pagina
    assert "Aún no lo cubre ninguno" in pagina
    assert "prueba.txt" not in pagina


def test_lo_descargado_es_exacto(client: Client, db: None) -> None:
    anotar_varios(3)
    punto = puntos.publicar()
    eslabon = Eslabon.objects.get(n=2)
    contenido = client.get("/registro/eslabon/2/contenido.json")
    assert hashlib.sha256(contenido.content).hexdigest() == eslabon.payload_sha256
    assert contenido["Content-Disposition"] == 'inline; filename="contenido.json"'
    for url in ("/registro/punto-de-control", f"/registro/punto-de-control/{punto.tamano}.txt"):
        assert client.get(url).content.decode() == punto.texto
    programa = client.get("/registro/verificar.py").content
    assert hashlib.sha256(programa).hexdigest() in client.get("/registro/comprobar/").content.decode()


def test_el_json_trae_su_prueba_de_inclusion(client: Client, db: None) -> None:
    anotar_varios(6)
    punto = puntos.publicar()
    dicho: dict[str, Any] = client.get("/registro/eslabon/4.json").json()
    hermanas = [bytes.fromhex(h) for h in dicho["inclusion"]]
    hoja, raiz = bytes.fromhex(dicho["hash"]), bytes.fromhex(punto.raiz)
    assert merkle.incluye(hoja, 3, dicho["tamano"], hermanas, raiz)
    assert dicho["punto_de_control"] == punto.texto


def test_la_continuidad_entre_dos_puntos_se_puede_comprobar(client: Client, db: None) -> None:
    anotar_varios(3)
    primero = puntos.publicar()
    anotar_varios(5)
    segundo = puntos.publicar()
    dicho = client.get(f"/registro/continuidad/{primero.tamano}/{segundo.tamano}.json").json()
    pasos = [bytes.fromhex(p) for p in dicho["continuidad"]]
    raices = bytes.fromhex(primero.raiz), bytes.fromhex(segundo.raiz)
    assert merkle.es_continuacion(primero.tamano, segundo.tamano, pasos, *raices)


@pytest.mark.parametrize(
    "url",
    [
        "/registro/eslabon/9/",
        "/registro/eslabon/0.json",
        "/registro/eslabon/99999999999999999999999/contenido.json",
        "/registro/eslabon/1/prueba.txt",
        "/registro/punto-de-control",
        "/registro/punto-de-control/99999999999999999999999.txt",
        "/registro/continuidad/1/1.json",
        "/registro/continuidad/0/99999999999999999999999.json",
    ],
)
def test_lo_que_no_existe_es_404(client: Client, db: None, url: str) -> None:
    anotar_varios(1)  # y ningún punto de control todavía
    assert client.get(url).status_code == 404


def test_no_se_escribe_por_la_red(client: Client, db: None) -> None:
    anotar_varios(1)
    puntos.publicar()
    urls = ["/registro/", "/registro/eslabon/1/", "/registro/eslabon/1.json", "/registro/punto-de-control"]
    assert [client.post(url).status_code for url in urls] == [405] * 4
