"""Seleccionar en el acta, con ratón o teclado, llena «Texto que se elimina»."""

import pytest
from django.test import Client
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from tests.personas import crear_reparto
from tests.vida.publicas import TELEFONO, sellada_con_dato

SELECCIONAR = """(dato) => {
  const acta = document.querySelector("[data-testable]");
  const caminante = document.createTreeWalker(acta, NodeFilter.SHOW_TEXT);
  while (!caminante.nextNode().data.includes(dato));
  const nodo = caminante.currentNode, desde = nodo.data.indexOf(dato);
  document.getSelection().setBaseAndExtent(nodo, desde, nodo, desde + dato.length);
}"""


@pytest.mark.django_db(transaction=True)
def test_lo_seleccionado_llena_la_forma_y_se_testa(live_server: LiveServer, navegador: Browser) -> None:
    reparto = crear_reparto()
    sello = sellada_con_dato(reparto)
    sesion = sello.acta.sesion
    contexto = navegador.new_context(locale="es-MX")
    cliente = Client()
    cliente.force_login(reparto.cuentas["facilitadora"])
    galleta = cliente.cookies["sessionid"].value
    contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": live_server.url}])
    page = contexto.new_page()
    page.goto(f"{live_server.url}/mesa/{sesion.organo.clave}/{sesion.clave}/acta/publica/")
    campo = page.get_by_label("Texto que se elimina")
    page.evaluate(SELECCIONAR, TELEFONO)
    expect(campo).to_have_value(TELEFONO)
    expect(page.get_by_text("Se tomó lo que seleccionaste.")).to_be_visible()
    page.get_by_label("Qué dato es").fill("Teléfono particular")
    page.get_by_label("Fundamento").fill("Artículo 3")
    page.locator("#marcar").get_by_role("button", name="Testar").click()
    expect(page.locator("[data-testable]")).to_contain_text("Llamar al testado 1")
    assert list(m.Testado.objects.values_list("texto", flat=True)) == [TELEFONO]
    contexto.close()
