"""Dibujar la zona con el ratón o escribir sus medidas con el teclado: se marca lo mismo."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from stl_portal.archivo.models import ZonaTestada
from tests.anexos.conftest import FUNDAMENTO, con_anexos, subir, url
from tests.archivo.hostiles import ALTO, ANCHO, LUGAR, sencillo
from tests.personas import Reparto, crear_reparto


def _abrir(
    navegador: Browser, live_server: LiveServer, anexo: m.Anexo, reparto: Reparto, fallas: list[str]
) -> Page:
    cliente = Client()
    cliente.force_login(reparto.cuentas["facilitadora"])
    contexto = navegador.new_context(locale="es-MX", viewport={"width": 1280, "height": 900})
    galleta = {"name": "sessionid", "value": cliente.cookies["sessionid"].value, "url": live_server.url}
    contexto.add_cookies([galleta])  # type: ignore[list-item]
    page = contexto.new_page()
    page.on("pageerror", lambda error: fallas.append(str(error)))
    page.goto(live_server.url + url(anexo))
    page.locator(".lienzo--activo").wait_for()
    page.wait_for_function("document.querySelector('[data-lienzo] img').naturalWidth > 0")
    return page


def _dibujar(page: Page) -> None:
    """Arrastra el ratón de una esquina a la otra de `LUGAR`."""
    imagen = page.locator("[data-lienzo] img")
    imagen.scroll_into_view_if_needed()
    caja = imagen.bounding_box()
    assert caja
    esquinas = [
        (caja["x"] + x / ANCHO * caja["width"], caja["y"] + y / ALTO * caja["height"])
        for x, y in ((LUGAR.x0, LUGAR.y0), (LUGAR.x1, LUGAR.y1))
    ]
    page.mouse.move(*esquinas[0])
    page.mouse.down()
    page.mouse.move(*esquinas[1], steps=4)
    page.mouse.up()


@pytest.mark.django_db(transaction=True)
def test_se_dibuja_con_el_raton_y_se_escribe_con_el_teclado(
    navegador: Browser, live_server: LiveServer
) -> None:
    reparto, fallas = crear_reparto(), list[str]()
    anexo = con_anexos(reparto, subir(sencillo())).anexos.get()
    page = _abrir(navegador, live_server, anexo, reparto, fallas)
    _dibujar(page)
    assert page.evaluate("document.activeElement.name") == "motivo"
    page.keyboard.type("Teléfono particular")
    page.keyboard.press("Tab")
    page.keyboard.type(FUNDAMENTO)
    page.keyboard.press("Enter")
    page.locator(".zonas__fila").wait_for()
    for nombre, valor in (("izquierda", "10"), ("arriba", "80"), ("ancho", "20"), ("alto", "5")):
        page.locator(f"[name={nombre}]").fill(valor)
    assert page.locator("[data-nueva]").get_attribute("width") == "0.2"
    page.locator("[name=alto]").press("Enter")
    page.locator(".zonas__fila").nth(1).wait_for()
    page.context.close()
    dibujada, escrita = ZonaTestada.objects.all()
    assert dibujada.x == pytest.approx(LUGAR.x0 / ANCHO, abs=0.005)
    assert dibujada.y + dibujada.alto == pytest.approx(LUGAR.y1 / ALTO, abs=0.005)
    assert (escrita.x, escrita.y, escrita.ancho, escrita.alto) == pytest.approx((0.1, 0.8, 0.2, 0.05))
    assert (dibujada.motivo, escrita.motivo) == ("Teléfono particular", "Teléfono particular")
    assert fallas == []
