"""Lo que solo se comprueba en un navegador: reflujo, teclado, apariencia y reposición de lo escrito."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

ANGOSTO: ViewportSize = {"width": 320, "height": 640}
ANCHO: ViewportSize = {"width": 1280, "height": 800}

# Controles cuyo blanco mide menos de 24 px de alto o ancho; las ligas dentro de un párrafo no cuentan.
CHICOS = """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), summary, nav a')]
    .filter(e => e.checkVisibility() && !e.closest('dialog'))
    .map(e => [e.outerHTML.slice(0, 80), e.closest('label, .casilla') ?? e])
    .filter(([_, e]) => { const r = e.getBoundingClientRect(); return r.height < 24 || r.width < 24 })
    .map(([nombre]) => nombre)"""


@pytest.fixture
def pagina(navegador: Browser, live_server: LiveServer, settings: Settings) -> Iterator[Page]:
    """Una página en blanco con la dirección del servidor de prueba."""
    settings.DEMO = True
    contexto = navegador.new_context(base_url=live_server.url, viewport=ANCHO)
    contexto.set_default_timeout(10_000)
    yield contexto.new_page()
    contexto.close()


@pytest.mark.parametrize("esquema", ["light", "dark"])
def test_la_guia_no_tiene_faltas_de_accesibilidad_ni_de_politica(pagina: Page, esquema: str) -> None:
    quejas: list[str] = []
    pagina.on("console", lambda m: quejas.append(m.text) if "Content Security Policy" in m.text else None)
    pagina.emulate_media(color_scheme=esquema)  # type: ignore[arg-type]
    pagina.goto("/estilo/")
    faltas = Axe().run(pagina).response["violations"]
    assert [(f["id"], [n["html"] for n in f["nodes"]]) for f in faltas] == []
    assert quejas == []


def test_a_320_px_nada_se_desplaza_de_lado(pagina: Page) -> None:
    pagina.set_viewport_size(ANGOSTO)
    pagina.goto("/estilo/")
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ANGOSTO["width"]


def test_todo_blanco_mide_al_menos_24_px(pagina: Page) -> None:
    pagina.goto("/estilo/")
    assert pagina.evaluate(CHICOS) == []


def test_el_primer_tabulador_ofrece_saltar_al_contenido(pagina: Page) -> None:
    pagina.goto("/estilo/")
    pagina.keyboard.press("Tab")
    salto = pagina.get_by_role("link", name="Saltar al contenido")
    expect(salto).to_be_focused()
    expect(salto).to_be_in_viewport()
    pagina.keyboard.press("Enter")
    expect(pagina.locator("main")).to_be_focused()


def test_la_apariencia_elegida_vale_en_la_siguiente_pagina(pagina: Page) -> None:
    pagina.emulate_media(color_scheme="light")
    pagina.goto("/estilo/")
    fondo = "getComputedStyle(document.body).backgroundColor"
    claro = pagina.evaluate(fondo)
    pagina.get_by_label("Apariencia").select_option("oscuro")
    oscuro = pagina.evaluate(fondo)
    assert oscuro != claro
    pagina.goto("/no-hay-tal-lugar/")
    assert pagina.evaluate(fondo) == oscuro
    pagina.get_by_label("Apariencia").select_option("")
    assert pagina.evaluate(fondo) == claro


def test_lo_elegido_se_distingue_sin_color(pagina: Page) -> None:
    """Con colores forzados el fondo desaparece: queda la palomita y un contorno."""
    pagina.emulate_media(forced_colors="active")
    pagina.goto("/estilo/")
    elegido = pagina.locator('.opcion[aria-pressed="true"]').first
    otro = pagina.locator('.opcion[aria-pressed="false"]').first
    contorno = "e => getComputedStyle(e).outlineStyle"
    signo = "e => getComputedStyle(e, '::before').borderRadius"
    assert elegido.evaluate(contorno) == "solid" != otro.evaluate(contorno)
    assert elegido.evaluate(signo) != otro.evaluate(signo)


def test_sin_javascript_el_menu_y_la_confirmacion_se_abren(
    navegador: Browser, live_server: LiveServer, settings: Settings
) -> None:
    settings.DEMO = True
    contexto = navegador.new_context(base_url=live_server.url, viewport=ANGOSTO, java_script_enabled=False)
    pagina = contexto.new_page()
    pagina.goto("/estilo/")
    menu = pagina.get_by_role("navigation", name="Secciones del portal")
    expect(menu).to_be_hidden()
    pagina.get_by_role("button", name="Menú").click()
    expect(menu).to_be_visible()
    pagina.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    pagina.get_by_role("button", name="Publicar el acta").click()
    expect(pagina.get_by_role("heading", name="¿Publicar el acta?")).to_be_visible()
    contexto.close()


def test_al_imprimir_queda_el_contenido_y_no_el_marco(pagina: Page) -> None:
    pagina.goto("/estilo/")
    pagina.emulate_media(media="print")
    expect(pagina.locator(".menu")).to_be_hidden()
    expect(pagina.locator(".pie")).to_be_hidden()
    expect(pagina.get_by_role("heading", name="Guía de estilo")).to_be_visible()


def test_lo_repuesto_se_envia_a_la_primera_aunque_la_ficha_haya_cambiado(pagina: Page) -> None:
    """Entrar en otra pestaña cambia la ficha de seguridad; el formulario repuesto toma la nueva."""
    pagina.goto("/entrar/")
    pagina.evaluate("document.querySelector('main [name=csrfmiddlewaretoken]').value = 'caduca'")
    pagina.get_by_label("Correo electrónico").fill("alguien@ejemplo.mx")
    pagina.locator("main [type=password]").fill("nunca-se-repone")
    pagina.locator("main form button").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("La página llevaba mucho tiempo abierta")
    expect(pagina.locator("body")).not_to_contain_text("nunca-se-repone")
    pagina.context.clear_cookies()
    pagina.context.new_page().goto("/entrar/")
    pagina.get_by_role("button", name="Enviar de nuevo").click()
    expect(pagina.get_by_label("Correo electrónico")).to_have_value("alguien@ejemplo.mx")
