"""El visor de un PDF: con teclado se ve que se entró en él; sin visor, su primera página y la liga."""

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from stl_portal.archivo import almacen, permisos
from stl_portal.archivo.models import Archivo
from tests.archivo import muestras

SIN_VISOR = "Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { get: () => false })"


@pytest.mark.django_db(transaction=True)
def test_con_visor_hay_aro_y_sin_visor_la_primera_pagina(
    live_server: LiveServer, navegador: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cualquiera(_: object, archivo: Archivo) -> bool:
        return archivo.nombre == "t.pdf"

    monkeypatch.setattr(permisos, "ACCESO", [*permisos.ACCESO, cualquiera])
    archivo = almacen.guardar(ContentFile(muestras.pdf(paginas=2), "t.pdf"))
    page = navegador.new_page(viewport={"width": 360, "height": 800})
    page.goto(f"{live_server.url}/archivos/{archivo.huella}/")
    marco = page.locator("object.visor__pdf")
    page.get_by_role("link", name="Abrirlo solo").focus()
    assert marco.evaluate("(m) => getComputedStyle(m).outlineStyle") == "none"
    marco.evaluate("(m) => { m.tabIndex = 0; m.focus(); dispatchEvent(new Event('blur')); }")
    expect(marco).to_have_css("outline-style", "solid")

    page.add_init_script(SIN_VISOR)
    page.reload()
    expect(page.locator("object")).to_have_count(0)
    expect(page.get_by_role("link", name="Abre «t.pdf»")).to_be_visible()
    primera = page.get_by_role("img", name="Primera página de «t.pdf»")
    expect(primera).to_have_js_property("naturalWidth", 320)
    assert primera.evaluate("(i) => i.getBoundingClientRect().width") > 250
    page.close()
