"""Lo que cada página dice de sí: título y descripción propios, dirección definitiva y hechos que se leen."""

import datetime as dt
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from sesiones.estados import EstadoSesion
from stl_portal.publico import enlazada, mapa_del_sitio
from tests import fabricas
from tests.personas import Reparto
from tests.publico.sitio import SITIO, sitio_de_prueba

BLOQUE = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)
# Lo que es texto para personas, y por eso debe poder leerse en la página.
DICHOS = ("name", "text", "description", "jobTitle", "value")


def _texto(pagina: str) -> str:
    """Lo que se lee, sin marcas y con los espacios parejos."""
    cuerpo = pagina.partition("<body")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", cuerpo)).split())


def _uno(patron: str, pagina: str) -> str:
    (hallado,) = re.findall(patron, pagina, re.S)
    return html.unescape(hallado)


def _dichos(dato: Any) -> Iterator[str]:
    """Cada texto de los hechos que es para personas."""
    if isinstance(dato, list):
        for uno in dato:
            yield from _dichos(uno)
    elif isinstance(dato, dict):
        yield from (valor for clave, valor in dato.items() if clave in DICHOS and isinstance(valor, str))
        for valor in dato.values():
            yield from _dichos(valor)


def _hechos(pagina: str) -> list[dict[str, Any]]:
    """Los de todos sus bloques; lista vacía si no trae ninguno."""
    leidos = [json.loads(bloque) for bloque in BLOQUE.findall(pagina)]
    assert {leido["@context"] for leido in leidos} <= {"https://schema.org", "https://schema.org/"}
    return [hecho for leido in leidos for hecho in leido.get("@graph", [leido])]


@pytest.fixture(scope="module")
def paginas(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Cada página del mapa del sitio, como la recibe cualquiera; se piden una sola vez."""
    with django_db_blocker.unblock(), sitio_de_prueba(tmp_path_factory.mktemp("archivos")):
        client = Client()
        return {d.url: client.get(d.url).content.decode() for d in mapa_del_sitio.direcciones()}


def test_cada_pagina_tiene_titulo_descripcion_y_direccion_propios(paginas: dict[str, str]) -> None:
    titulos = Counter(_uno(r"<title>(.*?)</title>", p.partition("</head>")[0]) for p in paginas.values())
    descripciones = Counter(_uno(r'<meta name="description" content="(.*?)">', p) for p in paginas.values())
    assert [t for t, veces in titulos.items() if veces > 1 or len(t) < 15] == []
    assert [d for d, veces in descripciones.items() if veces > 1 or len(d) < 25] == []
    canonicas = {url: _uno(r'<link rel="canonical" href="(.*?)">', pagina) for url, pagina in paginas.items()}
    assert canonicas == {url: f"{SITIO}{url}" for url in paginas}


def test_la_tarjeta_para_compartir_dice_lo_mismo_que_la_pagina(paginas: dict[str, str]) -> None:
    for url, pagina in paginas.items():
        tarjeta = dict(re.findall(r'<meta property="og:([a-z_:]+)" content="(.*?)">', pagina))
        assert tarjeta["url"] == f"{SITIO}{url}"
        assert tarjeta["description"] == re.findall(r'name="description" content="(.*?)"', pagina)[0]
        assert tarjeta["image"].startswith(f"{SITIO}/static/img/tarjeta")
        assert tarjeta["title"]
        assert f"{tarjeta['title']} ·" in pagina or url == "/"


def test_los_hechos_se_leen_en_la_pagina(paginas: dict[str, str]) -> None:
    ausentes = []
    for url, pagina in paginas.items():
        texto = _texto(pagina)
        for dicho in _dichos(_hechos(pagina)):
            if " ".join(dicho.split()) not in texto and dicho not in ("clave INEGI",):
                ausentes.append((url, dicho))
    assert ausentes == []


def test_de_cada_cosa_se_dice_lo_que_es(paginas: dict[str, str]) -> None:
    clases: dict[str, set[str]] = {}
    for url, pagina in paginas.items():
        seccion = re.sub(r"[^/a-z]|/[a-z]+-[^/]*|\d", "", url)
        tipos = {hecho["@type"] for hecho in _hechos(pagina)}
        clases.setdefault(seccion.strip("/"), set()).update(tipos - {"BreadcrumbList"})
    todas = set.union(*clases.values())
    assert {"WebSite", "GovernmentOrganization", "Event", "DigitalDocument"} <= todas
    assert {"Project", "Action", "Report", "AdministrativeArea", "CreativeWork"} <= todas
    assert clases[""] >= {"WebSite", "GovernmentOrganization"}


def test_las_migas_son_las_que_se_ven(paginas: dict[str, str]) -> None:
    (plan,) = [url for url in paginas if url.endswith("/compromiso/1.1/") and "prueba" in url]
    (migas,) = [h for h in _hechos(paginas[plan]) if h["@type"] == "BreadcrumbList"]
    pasos = [(p["position"], p["name"], p["item"]) for p in migas["itemListElement"]]
    assert pasos[0] == (1, "Inicio", f"{SITIO}/")
    assert pasos[1] == (2, "Plan de acción", f"{SITIO}/plan/")
    assert pasos[-1] == (5, "1.1", f"{SITIO}{plan}")


def test_una_sesion_cancelada_lo_dice_y_no_lleva_la_liga_privada(client: Client, reparto: Reparto) -> None:
    sesion = fabricas.crear_en_curso(reparto, liga="https://privada.example/sala")
    type(sesion).objects.filter(pk=sesion.pk).update(estado=EstadoSesion.CANCELADA)
    pagina = client.get(sesion.get_absolute_url()).content.decode()
    (evento,) = [h for h in _hechos(pagina) if h["@type"] == "Event"]
    assert evento["eventStatus"] == "https://schema.org/EventCancelled"
    assert "privada.example" not in pagina


def test_lo_que_alguien_escribio_no_se_sale_del_bloque(client: Client, reparto: Reparto) -> None:
    malo = "</script><script>alert(1)</script> & <!-- \u2028"
    sesion = fabricas.crear_en_curso(reparto, lugar=malo)
    pagina = client.get(sesion.get_absolute_url()).content.decode()
    assert pagina.count("alert(1)") == pagina.count("alert(1)\\u003C") + pagina.count("alert(1)&lt;")
    (evento,) = [h for h in _hechos(pagina) if h["@type"] == "Event"]
    assert evento["location"]["name"] == malo


@pytest.mark.parametrize(
    ("pedida", "canonica"),
    [
        ("/sesiones/?q=agua&anio=2020", "/sesiones/"),
        ("/sesiones/?page=2&utm_source=x", "/sesiones/?page=2"),
        ("/sesiones/?page=1", "/sesiones/"),
        ("/integrantes/prueba/?al=2026-01-01", "/integrantes/prueba/?al=2026-01-01"),
    ],
)
def test_filtrar_u_ordenar_no_hace_otra_pagina(
    client: Client, reparto: Reparto, settings: Settings, pedida: str, canonica: str
) -> None:
    settings.SITIO = SITIO
    for semana in range(21):
        fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3) + dt.timedelta(days=7 * semana))
    pagina = client.get(pedida, headers={"host": "localhost"}).content.decode()
    assert _uno(r'<link rel="canonical" href="(.*?)">', pagina) == f"{SITIO}{canonica}"


def test_una_pagina_de_error_no_dice_ser_nadie(client: Client, db: None) -> None:
    pagina = client.get("/no-existe/").content.decode()
    assert "canonical" not in pagina
    assert "og:" not in pagina
    assert BLOQUE.search(pagina) is None


def test_sin_dato_no_hay_campo() -> None:
    assert enlazada.sin_vacios({"a": "", "b": [{"c": None}, 0], "d": {"e": []}, "f": False}) == {
        "b": [{}, 0],
        "f": False,
    }


@pytest.mark.apariencia
def test_el_navegador_no_se_queja_del_bloque_de_datos(
    live_server: LiveServer, navegador: Browser, reparto: Reparto
) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    contexto = navegador.new_context()
    pagina, quejas = contexto.new_page(), []
    pagina.on("console", lambda mensaje: quejas.append(mensaje.text))
    pagina.goto(f"{live_server.url}{sesion.get_absolute_url()}")
    assert pagina.locator('script[type="application/ld+json"]').count() == 1
    assert quejas == []
    contexto.close()
