"""Un reporte se prepara, se envía, se observa y se devuelve solo con el teclado: ni un clic."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from ejes.models import Reporte
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.ejes.fabricas import crear_reporte
from tests.personas import crear_reparto

from .test_teclado import tabular


@pytest.fixture
def contexto(live_server: LiveServer, navegador: Browser) -> Iterator[BrowserContext]:
    uno = navegador.new_context(base_url=live_server.url, locale="es-MX")
    uno.set_default_timeout(20_000)
    yield uno
    uno.close()


def escribir(page: Page, selector: str, texto: str) -> None:
    tabular(page, selector)
    page.keyboard.type(texto)


def presionar(page: Page, selector: str) -> None:
    """Llega al control, lo acciona y espera a que la página cambie."""
    tabular(page, selector)
    page.evaluate("document.body.dataset.viejo = '1'")
    page.keyboard.press("Enter")
    page.locator("body:not([data-viejo])").wait_for()


def preparar(page: Page, reporte: Reporte) -> None:
    page.goto("/reportes/")
    presionar(page, f"a[href='{reporte.url_de_trabajo}']")
    page.goto(f"{reporte.url_de_trabajo}indicadores/")
    for renglon in range(1, 9):
        if renglon in (2, 4):
            escribir(page, f"#r{renglon}-valor", "120")
        escribir(page, f"#r{renglon}-texto", f"Respuesta {renglon}")
    presionar(page, "button[data-seguir]")
    expect(page).to_have_url(re.compile("/avances/$"))
    escribir(page, "[name$='-declarado']", "45")
    presionar(page, "button[data-seguir]")
    expect(page).to_have_url(re.compile("/evidencias/$"))
    tabular(page, ".agregar summary")
    page.keyboard.press("Enter")
    escribir(page, "[name=liga]", "https://ejemplo.gob.mx/avance")
    escribir(page, "[name=titulo]", "Página del avance")
    page.keyboard.press("Enter")
    expect(page.locator("#lista > li")).to_have_count(1)


@pytest.mark.django_db(transaction=True)
def test_de_empezarlo_a_devolverlo_sin_raton(live_server: LiveServer, contexto: BrowserContext) -> None:
    reparto = crear_reparto()
    reporte = crear_reporte(reparto)
    page = contexto.new_page()
    _entrar(contexto, live_server.url, reparto.cuentas["integrante"])
    preparar(page, reporte)
    page.goto(reporte.url_de_trabajo)
    presionar(page, "button.boton--grande")
    expect(page.get_by_text("Enviado, en revisión").first).to_be_visible()

    _entrar(contexto, live_server.url, reparto.cuentas["facilitadora"])
    page.goto("/reportes/revision/")
    presionar(page, f"a[href='{reporte.url_de_revision}']")
    tabular(page, "#renglon-2 summary")
    page.keyboard.press("Enter")
    escribir(page, "#renglon-2 textarea", "Di de qué barrios.")
    presionar(page, "#renglon-2 button[value=observado]")
    tabular(page, "[popovertarget=devolver]")
    page.keyboard.press("Enter")
    presionar(page, "#devolver form button:not([popovertarget])")
    expect(page.get_by_text("Con observaciones").first).to_be_visible()


def _entrar(contexto: BrowserContext, raiz: str, cuenta: Usuario) -> None:
    """La sesión de esa cuenta, recién identificada, en lugar de la que hubiera."""
    galleta = identificarse(Client(), cuenta).cookies["sessionid"].value
    contexto.clear_cookies()
    contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": raiz}])
