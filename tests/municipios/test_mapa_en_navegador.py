"""El mapa como se recibe: leído en voz alta, con teclado, en teléfono, en papel y sin JavaScript."""

import gzip
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from municipios.ciudadania.mapa import celdas
from municipios.models import Municipio
from tests.municipios.fabricas import LEON, anotar, crear_etapas
from tests.municipios.publicados import publicar_corte
from tests.personas import crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)

TOQUE = 24  # px, WCAG 2.5.8
PESO = 60 * 1024  # bytes comprimidos de la página con todo lo que pide


@pytest.fixture
def pagina(navegador: Browser, live_server: LiveServer) -> Iterator[Page]:
    """El mapa de un corte con León en proceso, en un teléfono."""
    organo = crear_reparto().organo
    etapas = crear_etapas(organo)
    anotar(etapas[0], LEON, "en_proceso")
    publicar_corte(organo, totales={etapas[1]: {"sin_informacion": 44, "cumplido": 2}})
    contexto = navegador.new_context(
        viewport={"width": 360, "height": 740}, locale="es-MX", java_script_enabled=False
    )
    page = contexto.new_page()
    page.goto(f"{live_server.url}/municipios/")
    yield page
    contexto.close()


def test_se_lee_en_orden_de_arriba_abajo_y_el_mapa_de_norte_a_sur(pagina: Page) -> None:
    leido = pagina.locator("main").aria_snapshot()
    encabezados = re.findall(r'heading "([^"]+)" \[level=[12]\]', leido)
    assert encabezados == [
        "Municipios de Guanajuato",
        "Convocatoria",
        "Totales de todas las etapas",
        "Municipio por municipio",
        "De dónde sale",
        "Más de los municipios",
    ]
    mapa = leido.split('group "Convocatoria: los 46 municipios', 1)[1].split("- heading", 1)[0]
    nombres = dict(Municipio.objects.values_list("clave", "nombre"))
    situacion = {LEON: "en proceso"}
    assert re.findall(r'link "([^"]+)"', mapa) == [
        f"{nombres[celda.clave]}: {situacion.get(celda.clave, 'sin información')}" for celda in celdas()
    ]


def test_con_el_teclado_se_salta_el_mapa_o_se_entra_a_un_municipio(pagina: Page) -> None:
    saltar = pagina.get_by_role("link", name="Saltar el mapa e ir a la tabla")
    saltar.focus()
    expect(saltar).to_be_in_viewport()
    pagina.keyboard.press("Tab")
    expect(pagina.locator(".mapa__municipio").first).to_be_focused()
    pagina.keyboard.press("Shift+Tab")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(re.compile("#tabla$"))
    pagina.get_by_role("link", name="León: en proceso").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("León")


def test_sin_javascript_se_elige_etapa_y_cada_total_lleva_a_sus_municipios(pagina: Page) -> None:
    pagina.get_by_label("Etapa", exact=True).select_option("instalacion")
    pagina.get_by_role("button", name="Ver").click()
    expect(pagina.get_by_role("heading", level=2).first).to_have_text("Instalacion")
    assert pagina.get_by_role("link", name=re.compile(": sin desglose$")).count() == 46
    pagina.get_by_label("Etapa", exact=True).select_option("convocatoria")
    pagina.get_by_role("button", name="Ver").click()
    pagina.get_by_role("link", name="En proceso", exact=True).first.click()
    expect(pagina.locator("#tabla tbody tr")).to_have_count(1)
    expect(pagina.locator("#tabla").get_by_role("status")).to_contain_text(
        "1 municipio en «Convocatoria: En proceso»"
    )


def test_en_un_telefono_se_dice_el_nombre_del_hexagono_enfocado(navegador: Browser, pagina: Page) -> None:
    con_programa = navegador.new_page(viewport={"width": 360, "height": 740})
    con_programa.goto(pagina.url)
    con_programa.get_by_role("link", name="León: en proceso").focus()
    expect(con_programa.locator(".mapa__elegido")).to_have_text("León: en proceso")
    expect(con_programa.locator(".mapa__elegido")).to_be_visible()
    con_programa.close()


def test_en_un_telefono_cabe_y_cada_hexagono_se_puede_tocar(pagina: Page) -> None:
    cajas = [hexagono.bounding_box() for hexagono in pagina.locator(".mapa__municipio").all()]
    assert len(cajas) == 46
    for caja in cajas:
        assert caja
        assert min(caja["width"], caja["height"]) >= TOQUE
        assert caja["x"] >= 0
        assert caja["x"] + caja["width"] <= 360


def test_impreso_el_mapa_y_la_tabla_caben_en_la_hoja(pagina: Page) -> None:
    pagina.set_viewport_size({"width": 660, "height": 900})  # carta menos sus márgenes
    pagina.emulate_media(media="print")
    for pieza in (".mapa__dibujo", ".tabla--municipios"):
        caja = pagina.locator(pieza).bounding_box()
        assert caja
        assert caja["x"] + caja["width"] <= 660
    assert pagina.locator(".mapa__nombre").first.is_visible()


def test_la_pagina_pesa_poco_con_todo_lo_que_pide(navegador: Browser, pagina: Page) -> None:
    contexto = navegador.new_context(locale="es-MX")
    otra, recibidas = contexto.new_page(), list[Response]()
    otra.on("response", lambda respuesta: recibidas.append(respuesta))
    otra.goto(pagina.url)
    otra.wait_for_load_state("networkidle")
    assert all(r.url.startswith(pagina.url.partition("/municipios")[0]) for r in recibidas)
    assert sum(len(gzip.compress(r.body())) for r in recibidas) <= PESO
    contexto.close()
