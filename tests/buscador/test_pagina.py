"""La página: qué se lee, qué se responde a una entrada mala y que no cueste más con más resultados."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from sesiones.models import Denominacion, Organo
from stl_portal.buscador import views
from stl_portal.buscador.fuentes import Lugar
from tests.buscador.halla import poner

pytestmark = pytest.mark.usefixtures("fuente_de_prueba")


def lugar(clave: str, **mas: Any) -> Lugar:
    return Lugar(
        **{"clave": clave, "clase": "acta", "titulo": "Acta", "url": f"/{clave}", "texto": "agua"} | mas
    )


def texto(respuesta: Any) -> str:
    """Lo que se lee del contenido, sin etiquetas y en un renglón."""
    contenido = respuesta.content.decode().partition('id="contenido"')[2].partition("</main>")[0]
    return " ".join(re.sub("<[^>]+>", " ", contenido).split())


def test_sin_nada_que_buscar_hay_ejemplos_y_no_un_error(client: Client) -> None:
    respuesta = client.get("/buscar/")
    assert respuesta.status_code == 200
    assert "Por ejemplo" in texto(respuesta)
    for ejemplo in views.EJEMPLOS:
        assert client.get("/buscar/", {"q": ejemplo}).status_code == 200


def test_cada_resultado_dice_de_donde_viene_de_cuando_es_y_si_es_ficticio(client: Client) -> None:
    organo = Organo.objects.create(clave="stl")
    Denominacion.objects.create(
        organo=organo, nombre="Secretariado", nombre_corto="Secretariado Local", siglas="STL"
    )
    poner(
        lugar(
            "a",
            titulo="El agua",
            de_donde="Acta de la I Sesión",
            organo="stl",
            fecha=dt.date(2020, 1, 18),
            ficticio=True,
        )
    )
    respuesta = client.get("/buscar/", {"q": "agua"})
    leido = texto(respuesta)
    assert "1 resultado." in leido
    assert "Acta · Acta de la I Sesión · Secretariado Local · 18 de enero de 2020" in leido
    assert "Dato ficticio de demostración" in leido
    assert 'href="/a">El <mark>agua</mark></a>' in respuesta.content.decode()


def test_los_filtros_ligan_a_la_misma_busqueda_limitada_y_se_quitan(client: Client) -> None:
    poner(lugar("a"), lugar("b", clase="acuerdo"), lugar("c", clase="acuerdo"))
    pagina = client.get("/buscar/", {"q": "agua"}).content.decode()
    assert re.findall(r'href="(\?[^"]*clase=[^"]*)"', pagina) == [
        "?q=agua&amp;clase=acuerdo",
        "?q=agua&amp;clase=acta",
    ]
    limitada = client.get("/buscar/?q=agua&clase=acuerdo")
    assert "2 resultados." in texto(limitada)
    assert 'href="?q=agua"' in limitada.content.decode()
    assert '<input type="hidden" name="clase" value="acuerdo">' in limitada.content.decode()


@pytest.mark.parametrize(
    ("filtro", "frase"),
    [
        ({"anio": "dos mil"}, "Escribe el año con cuatro cifras"),
        ({"anio": "20200"}, "2100"),
        ({"anio": "-1"}, "1900"),
        ({"clase": "nada"}, "No es una de las clases"),
        ({"clase": "acta\0"}, "No es una de las clases"),
        ({"organo": "no es clave"}, "Usa solo letras sin acento, números y guiones"),
        ({"organo": "a" * 300}, "demasiado larga"),
        ({"organo": "nadie"}, "No hay un órgano con esa clave"),
        ({"en": "<script>"}, "No es la clave de un documento"),
    ],
)
def test_un_filtro_mal_escrito_se_explica_junto_a_su_campo(
    client: Client, filtro: dict[str, str], frase: str
) -> None:
    respuesta = client.get("/buscar/", {"q": "agua"} | filtro)
    assert respuesta.status_code == 422
    (campo,) = filtro
    pagina = respuesta.content.decode()
    assert f'href="#id_{campo}"' in pagina
    assert f'id="id_{campo}"' in pagina
    assert frase in texto(respuesta)
    assert 'value="agua"' in pagina


@pytest.mark.parametrize("q", ["acta\0\x01", "a" * 10_000, "\"'<script>alert(1)</script>", "%00", "😀", "*"])
def test_lo_que_escriban_se_devuelve_escapado_y_sin_fallar(client: Client, q: str) -> None:
    respuesta = client.get("/buscar/", {"q": q})
    assert respuesta.status_code == 200
    assert "<script>alert" not in respuesta.content.decode()
    assert client.get("/buscar/?q=%ff%fe&anio=").status_code == 200


def test_sin_resultados_dice_que_probar_y_ofrece_quitar_los_filtros(client: Client) -> None:
    poner(lugar("a", fecha=dt.date(2020, 1, 1)))
    leido = texto(client.get("/buscar/?q=agua&anio=2019"))
    assert "Nada de lo publicado dice eso" in leido
    assert "Buscar en todo, sin filtros" in leido
    assert "1 resultado." in texto(client.get("/buscar/?q=agua&anio=2020"))


def test_si_nada_tiene_todas_las_palabras_lo_dice_y_lleva_a_la_seccion(client: Client) -> None:
    poner(lugar("a", texto="El plan avanza"))
    pagina = client.get("/buscar/?q=como+va+el+plan+de+obras")
    assert "Nada tiene todas tus palabras; esto tiene algunas." in texto(pagina)
    assert '<a href="/plan/">Plan de acción' in pagina.content.decode()
    assert "1 resultado." in texto(pagina)
    sin_nada = client.get("/buscar/?q=cuando+es+la+proxima+sesion")
    assert "Nada de lo publicado dice eso" in texto(sin_nada)
    assert '<a href="/calendario/">Calendario' in sin_nada.content.decode()


def test_dice_cuantos_no_son_de_ningun_anio(client: Client) -> None:
    poner(
        lugar("a", fecha=dt.date(2020, 1, 1)),
        lugar("b", fecha=dt.date(2021, 1, 1)),
        lugar("c"),
        lugar("d"),
    )
    assert "2 resultados más no son de un año" in texto(client.get("/buscar/?q=agua"))
    assert "Lo que no es de un año" in texto(client.get("/buscar/?q=agua&anio=2020"))


def test_a_quien_busca_de_mas_se_le_pide_esperar_y_no_pierde_lo_escrito(
    client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"buscar": "2/10m/ip"}
    poner(lugar("a"))
    assert [client.get("/buscar/?q=agua").status_code for _ in range(3)] == [200, 200, 429]
    cerrada = client.get("/buscar/?q=agua")
    assert (cerrada.status_code, cerrada["Retry-After"]) == (429, "600")
    assert "Se ha buscado mucho desde tu red" in texto(cerrada)
    assert "Espera 10 minutos" in texto(cerrada)
    assert 'value="agua"' in cerrada.content.decode()
    assert client.get("/buscar/").status_code == 200


def test_se_pasa_de_pagina(client: Client) -> None:
    poner(*(lugar(f"a{n:02}") for n in range(25)))
    segunda = client.get("/buscar/?q=agua&page=2").content.decode()
    assert 'rel="prev" href="?q=agua&amp;page=1"' in segunda
    assert 'rel="next" href="?q=agua&amp;page=3"' in segunda
    hallados = [
        re.findall(
            r'hallado__titulo"><a href="/(a\d\d)"', client.get(f"/buscar/?q=agua&page={n}").content.decode()
        )
        for n in (1, 2, 3)
    ]
    assert [len(pagina) for pagina in hallados] == [10, 10, 5]
    assert sorted(clave for pagina in hallados for clave in pagina) == [f"a{n:02}" for n in range(25)]


@pytest.mark.parametrize("page", ["0", "-1", "2", "9", "101", "99999999999999999999"])
def test_una_pagina_que_no_existe_es_404_como_en_las_demas_listas(client: Client, page: str) -> None:
    poner(lugar("a"))
    assert client.get("/buscar/?q=agua&page=1").status_code == 200
    assert client.get("/buscar/", {"q": "agua", "page": page}).status_code == 404
    assert client.get("/buscar/", {"page": page}).status_code == 404


def test_los_filtros_por_organo_que_se_ofrecen_son_de_los_que_hay(client: Client) -> None:
    Denominacion.objects.create(
        organo=Organo.objects.create(clave="stl"), nombre="Secretariado", nombre_corto="STL", siglas="STL"
    )
    poner(lugar("a", organo="stl"), lugar("b"))
    assert "1 resultado." in texto(client.get("/buscar/?q=agua&organo=stl"))


def test_de_mas_que_el_tope_lo_dice(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from stl_portal.buscador import buscar as modulo

    monkeypatch.setattr(modulo, "TOPE", 2)
    poner(lugar("a"), lugar("b"), lugar("c"))
    assert "Se muestran los 1000 más recientes" in texto(client.get("/buscar/?q=agua"))


@pytest.mark.parametrize("cuantos", [1, 40])
def test_la_pagina_cuesta_lo_mismo_con_un_resultado_que_con_muchos(
    client: Client, cuantos: int, django_assert_num_queries: Any
) -> None:
    poner(*(lugar(f"a{n}#p{m}") for n in range(cuantos) for m in range(3)))
    client.get("/buscar/?q=agua")
    with django_assert_num_queries(5 if connection.vendor == "postgresql" else 4):
        client.get("/buscar/?q=agua")


def test_no_se_guarda_en_los_buscadores_de_fuera(client: Client) -> None:
    assert '<meta name="robots" content="noindex">' in client.get("/buscar/?q=agua").content.decode()


def test_solo_se_lee(client: Client) -> None:
    assert client.post("/buscar/", {"q": "agua"}).status_code == 405
