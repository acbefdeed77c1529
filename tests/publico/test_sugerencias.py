"""La página de «no encontramos»: sugiere lo que se parece y no delata lo que existe sin publicarse."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ejes.models import Plan
from municipios.carga import cargar as cargar_municipios
from sesiones.models import Sesion
from stl_portal.publico import sugerencias
from tests import fabricas
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto

LIGA = re.compile(r'<li><a href="([^"]+)">([^<]+)</a></li>')


def _sugeridas(client: Client, url: str) -> list[str]:
    """A dónde llevan las sugerencias de esa página."""
    respuesta = client.get(url)
    assert respuesta.status_code == 404
    html = respuesta.content.decode()
    _, hay, despues = html.partition("¿Buscabas alguna de estas?")
    return [direccion for direccion, _ in LIGA.findall(despues.partition("Qué puede")[0])] if hay else []


@pytest.fixture
def sesion(reparto: Reparto) -> Sesion:
    """Una en curso: su orden del día es público."""
    return fabricas.crear_en_curso(reparto, fecha=dt.date(2026, 3, 2))


@pytest.mark.parametrize(
    "mal", ["/sesiones/prueba/{mala}/", "/seciones/prueba/{buena}/", "/sesiones/pruba/{buena}/"]
)
def test_un_error_de_dedo_lleva_a_la_sesion(client: Client, sesion: Sesion, mal: str) -> None:
    buena = sesion.clave
    url = mal.format(buena=buena, mala=buena.replace("2026", "2025"))
    assert _sugeridas(client, url)[0] == f"/sesiones/prueba/{buena}/"


@pytest.mark.parametrize("pedido", ["leon", "Leon", "león", "110200"])
def test_un_municipio_se_encuentra_por_su_nombre_o_su_clave(client: Client, db: None, pedido: str) -> None:
    cargar_municipios()
    assert "/municipios/11020/" in _sugeridas(client, f"/municipios/{pedido}/")


def test_un_compromiso_que_no_existe_lleva_a_los_de_su_plan(client: Client, reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    base = f"/plan/{plan.clave}/"
    assert _sugeridas(client, f"{base}compromiso/9.1/") == [f"{base}compromiso/1.1/", "/plan/"]
    assert _sugeridas(client, f"{base}ege/2/")[0] == f"{base}eje/1/"
    assert base in _sugeridas(client, "/plan/prueva/")


@pytest.mark.parametrize("url", ["/zzzz/", "/%00/%ff/", "/" + "a" * 5000 + "/", "/.git/config", "/<script>/"])
def test_sin_nada_parecido_no_se_inventa(client: Client, sesion: Sesion, url: str) -> None:
    assert _sugeridas(client, url) == []


def test_lo_pedido_se_lleva_al_buscador_escapado(client: Client, db: None) -> None:
    html = client.get('/sesiones/x"><b>hola-mundo/').content.decode()
    assert 'name="q" value="sesiones x&quot;&gt;&lt;b&gt;hola mundo"' in html


def test_lo_que_existe_sin_publicarse_se_contesta_igual_que_lo_que_no_existe(
    client: Client, reparto: Reparto, sesion: Sesion
) -> None:
    secreta = fabricas.crear_sesion(reparto, fecha=dt.date(2099, 1, 7), designacion="Sesión secreta")
    borrador = crear_plan(reparto.organo, "secreto")
    Plan.objects.filter(pk=borrador.pk).update(estado="borrador", nombre="Plan secreto")
    urls = [
        f"/sesiones/prueba/{secreta.clave}/",
        f"/acuerdos/prueba/{secreta.clave}/1/",
        "/plan/secreto/",
        "/plan/secreto/eje/1/",
        "/plan/secreto/compromiso/1.1/",
        "/plan/secreta/",
    ]
    existiendo = [client.get(url).content for url in urls]
    dichos = (b"Plan secreto", b"secreta,", b'"/plan/secreto/', f'/{secreta.clave}/"'.encode())
    assert [
        (dicho, url)
        for url, pagina in zip(urls, existiendo, strict=True)
        for dicho in dichos
        if dicho in pagina
    ] == []
    secreta.historia.all().delete()
    secreta.delete()
    Plan.objects.filter(pk=borrador.pk).update(clave="otra-cosa")  # sellado: no se borra; deja de coincidir
    assert [client.get(url).content for url in urls] == existiendo


@pytest.mark.parametrize("cuantas", [1, 15])
def test_sugerir_cuesta_lo_mismo_con_una_o_muchas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries, cuantas: int
) -> None:
    for n in range(cuantas):
        fabricas.crear_en_curso(reparto, fecha=dt.date(2025, 2, 3) + dt.timedelta(days=7 * n))
    client.get("/sesiones/prueba/")  # lo que se lee una sola vez por proceso
    with django_assert_num_queries(2):
        sugerencias.para("/sesiones/prueba/xx-ordinaria-2031/")


def test_nunca_se_comparan_mas_de_las_que_se_dice(
    reparto: Reparto, sesion: Sesion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sugerencias, "CANDIDATAS", 1)
    otra = fabricas.crear_en_curso(reparto, fecha=dt.date(2026, 3, 9))
    # Una del órgano y sus sesiones recortadas a la más reciente: la otra no se llega a mirar.
    vistas = [e.url for e in sugerencias.para(f"/sesiones/prueba/{sesion.clave}x/")]
    assert f"/sesiones/prueba/{sesion.clave}/" not in vistas
    assert otra.publica


@pytest.mark.parametrize(
    ("pedida", "sugeridas"),
    [
        ("/calendario/2026/13/", ["/calendario/2026/12/", "/calendario/"]),
        ("/calendario/2026-03/", ["/calendario/2026/3/", "/calendario/"]),
        ("/calendario/1800/2/", ["/calendario/"]),
        ("/novedades/2026-W09/", ["/novedades/2026/9/", "/novedades/"]),
        ("/novedades/2026-W99/", ["/novedades/"]),
        ("/novedades/9998/1/", ["/novedades/"]),
        ("/preguntas/2026-9999/", ["/preguntas/"]),
        ("/calendaro/", ["/calendario/"]),
    ],
)
def test_un_mes_o_una_semana_que_no_hay_lleva_a_la_que_si(
    client: Client, db: None, pedida: str, sugeridas: list[str]
) -> None:
    assert _sugeridas(client, pedida) == sugeridas
