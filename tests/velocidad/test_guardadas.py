"""Las páginas guardadas: qué se guarda, cuándo deja de servir y que nada de nadie entra."""

import datetime as dt
import gzip
from http.cookies import SimpleCookie
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries, Settings

from sesiones import models as m
from stl_portal.publico import paginas_guardadas
from tests.fabricas import crear_en_curso
from tests.permisos.test_matriz import PAPELES
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)

UNA = 1  # la de la edición: todo lo que cuesta una página guardada
LISTA = "/sesiones/"
DE_TODOS = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"


@pytest.fixture
def gente() -> Reparto:
    """Un órgano con su gente y una sesión en curso."""
    reparto = crear_reparto()
    crear_en_curso(reparto)
    return reparto


@pytest.fixture
def cliente(gente: Reparto) -> Client:
    """Alguien que no ha entrado; con él arranca una memoria vacía."""
    return Client()


def consultas(cliente: Client, direccion: str, **cabeceras: str) -> int:
    """Cuántas cuesta."""
    with CaptureQueriesContext(connection) as hechas:
        cliente.get(direccion, headers=cabeceras)
    return len(hechas)


def se_guarda(cliente: Client, direccion: str) -> bool:
    """Si la segunda vez ya no se compone; nginx solo repite lo que dice `s-maxage`."""
    cliente.get(direccion)
    dicha = "s-maxage" in cliente.get(direccion).headers.get("Cache-Control", "")
    assert dicha is False or consultas(cliente, direccion) == UNA
    return dicha


def test_la_segunda_vez_cuesta_una_consulta_y_es_la_misma(cliente: Client) -> None:
    primera, segunda = cliente.get(LISTA), cliente.get(LISTA)
    assert segunda.content == primera.content
    assert segunda.headers == primera.headers
    assert consultas(cliente, LISTA) == UNA


def test_es_igual_a_la_que_se_compone_sin_guardar(cliente: Client, settings: Settings) -> None:
    guardada = [cliente.get(LISTA) for _ in range(2)][1]
    settings.PAGINAS_EN_MEMORIA = 0
    compuesta = Client().get(LISTA)
    assert guardada.content == compuesta.content
    for cabecera, valor in compuesta.headers.items():
        if cabecera != "Vary":
            assert guardada.headers[cabecera] == valor
    assert guardada.headers["Vary"] == "Cookie, HX-Request, Accept-Encoding"
    assert guardada.headers["Cache-Control"] == DE_TODOS
    assert "default-src 'none'" in guardada.headers["Content-Security-Policy"]


def test_al_cambiar_algo_publico_se_compone_otra_vez(cliente: Client) -> None:
    antes = cliente.get(LISTA).content
    m.Denominacion.objects.update(nombre_corto="Con otro nombre")
    despues = cliente.get(LISTA).content
    assert "Con otro nombre" in despues.decode()
    assert antes != despues


def test_al_cambiar_el_dia_se_compone_otra_vez(cliente: Client) -> None:
    mexico = ZoneInfo("America/Mexico_City")
    un_segundo_antes = dt.datetime(2026, 3, 4, 23, 59, 59, tzinfo=mexico)
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(paginas_guardadas.timezone, "now", lambda: un_segundo_antes)
        parche.setattr(paginas_guardadas, "time", un_segundo_antes.timestamp)
        cliente.get(LISTA)
        assert consultas(cliente, LISTA) == UNA
        parche.setattr(paginas_guardadas, "time", lambda: un_segundo_antes.timestamp() + 1)
        assert consultas(cliente, LISTA) > UNA


def test_lo_que_se_escribe_a_espaldas_del_portal_dura_lo_que_su_vigencia(cliente: Client) -> None:
    cliente.get(LISTA)
    with connection.cursor() as cursor:
        cursor.cursor.execute("UPDATE sesiones_denominacion SET nombre_corto = 'A espaldas'")
    assert "A espaldas" not in cliente.get(LISTA).content.decode()
    with pytest.MonkeyPatch.context() as parche:
        reloj = paginas_guardadas.time() + paginas_guardadas.VIGENCIA
        parche.setattr(paginas_guardadas, "time", lambda: reloj)
        assert "A espaldas" in cliente.get(LISTA).content.decode()


def test_a_quien_ya_la_tiene_se_le_contesta_sin_componer(cliente: Client) -> None:
    etiqueta = cliente.get(LISTA).headers["ETag"]
    respuesta = cliente.get(LISTA, headers={"If-None-Match": etiqueta})
    assert (respuesta.status_code, respuesta.content) == (304, b"")
    assert respuesta.headers["Cache-Control"] == DE_TODOS
    assert consultas(cliente, LISTA, **{"If-None-Match": etiqueta}) == UNA
    assert cliente.get(LISTA, headers={"If-None-Match": '"otra"'}).status_code == 200


def test_publicar_otra_cosa_no_obliga_a_bajarla_otra_vez(cliente: Client) -> None:
    etiqueta = cliente.get(LISTA).headers["ETag"]
    m.Regla.objects.update(fundamento="Otro fundamento")
    assert cliente.get(LISTA, headers={"If-None-Match": etiqueta}).status_code == 304


def test_quien_trae_condiciones_la_primera_vez_tambien_la_deja_guardada(cliente: Client) -> None:
    assert cliente.get(LISTA, headers={"If-None-Match": '"vieja"', "Range": "bytes=0-9"}).status_code == 200
    assert consultas(cliente, LISTA) == UNA


def test_preguntar_por_ella_contesta_lo_mismo_sin_el_cuerpo(cliente: Client) -> None:
    entera = cliente.get(LISTA)
    sola = cliente.head(LISTA)
    assert (sola.status_code, sola.content) == (200, b"")
    assert sola.headers == entera.headers


def test_se_entrega_comprimida_a_quien_puede_abrirla(cliente: Client) -> None:
    llana = cliente.get(LISTA)
    for _ in range(2):
        apretada = cliente.get(LISTA, headers={"Accept-Encoding": "br, gzip;q=0.8"})
        assert apretada.headers["Content-Encoding"] == "gzip"
        assert int(apretada.headers["Content-Length"]) == len(apretada.content) < len(llana.content)
        assert gzip.decompress(apretada.content) == llana.content
        assert apretada.headers["ETag"] == llana.headers["ETag"]
    assert "Content-Encoding" not in cliente.get(LISTA, headers={"Accept-Encoding": "gzip;q=0"}).headers


@pytest.mark.parametrize(
    ("direccion", "si"),
    [
        ("/sesiones/?anio=2026", True),
        ("/sesiones/?page=1", True),
        ("/sesiones/?q=quorum", False),  # hay tantas búsquedas como gente
        ("/sesiones/?utm_source=x", False),
        ("/sesiones/?anio=2026&anio=2025", False),
        ("/sesiones/?anio=ayer", False),  # 422
        ("/sesiones/no-existe/", False),
        ("/no-existe/", False),
        ("/entrar/", False),
        ("/seguir/", False),
        ("/verificar/", False),
        ("/mi/", False),
        (f"/sesiones/?anio=2026&tipo={'x' * 300}", False),
    ],
)
def test_que_direcciones_se_guardan(cliente: Client, direccion: str, si: bool) -> None:
    assert se_guarda(cliente, direccion) is si


def test_lo_hostil_no_desaloja_lo_que_se_pide_sin_parametros(cliente: Client, settings: Settings) -> None:
    settings.PAGINAS_EN_MEMORIA = 512 * 1024
    cliente = Client()
    cliente.get(LISTA)
    for anio in range(1990, 2060):
        assert cliente.get(f"{LISTA}?anio={anio}").status_code == 200
    assert consultas(cliente, LISTA) == UNA
    assert consultas(cliente, f"{LISTA}?anio=1990") > UNA  # ya se olvidó: la memoria no crece
    assert consultas(cliente, f"{LISTA}?anio=2059") == UNA


def test_dentro_de_una_transaccion_no_se_guarda_ni_se_lee(cliente: Client) -> None:
    with transaction.atomic():
        m.Denominacion.objects.update(nombre_corto="Nunca existió")
        assert "Nunca existió" in cliente.get(LISTA).content.decode()
        transaction.set_rollback(True)
    assert "Nunca existió" not in cliente.get(LISTA).content.decode()


@pytest.mark.parametrize("papel", sorted(set(PAPELES) - {"anonima", "ajena"}))
def test_lo_de_una_cuenta_no_llega_a_nadie_mas(gente: Reparto, papel: str) -> None:
    anonimo = Client()
    publicas = {d: anonimo.get(d).content for d in ("/", LISTA, "/plan/", "/integrantes/")}
    cuenta = gente.cuentas[papel]
    for _ in range(2):
        for direccion, esperada in publicas.items():
            anonimo.force_login(cuenta)  # la misma memoria, ahora con sesión
            suya = anonimo.get(direccion)
            assert f"Salir de la cuenta de {cuenta}" in suya.content.decode()
            assert suya.headers["Cache-Control"] == "no-store, private"
            anonimo.cookies.clear()
            assert anonimo.get(direccion).content == esperada


def test_los_mensajes_de_alguien_solo_los_ve_quien_los_tiene(gente: Reparto) -> None:
    cliente = Client()
    antes = cliente.get("/").content
    cliente.force_login(gente.cuentas["integrante"])
    cliente.post("/salir/")  # deja «Cerraste tu sesión.» para la página que sigue
    con_mensaje = cliente.get("/")
    assert b'class="mensajes"' in con_mensaje.content
    cliente.cookies.clear()
    assert cliente.get("/").content == antes


def test_quien_trae_la_ficha_de_una_forma_la_recibe_pero_no_la_deja(cliente: Client) -> None:
    cliente.get("/entrar/")
    assert "csrftoken" in cliente.cookies
    assert consultas(cliente, LISTA) > UNA
    assert se_guarda(cliente, LISTA) is False
    galletas = SimpleCookie(cliente.cookies)
    cliente.cookies.clear()
    cliente.get(LISTA)
    cliente.cookies = galletas
    assert consultas(cliente, LISTA) == UNA


def test_otro_sitio_u_otro_protocolo_es_otra_pagina(cliente: Client) -> None:
    cliente.get(LISTA)
    assert consultas(cliente, LISTA, host="localhost") > UNA
    assert cliente.get(LISTA, headers={"host": "ajeno.example"}).status_code == 400


def test_lo_que_no_se_guarda_no_pregunta_por_la_edicion(
    cliente: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """`/salud/` contesta aunque no haya base de datos."""
    with django_assert_num_queries(0):
        assert cliente.get("/salud/").status_code == 200
