"""Verificar en el navegador: sin pedirlo, el archivo no sale del equipo; sin JavaScript también se puede."""

import base64
import hashlib

import pytest
from playwright.sync_api import Browser, Page, Request, expect
from pytest_django.live_server_helper import LiveServer

from stl_portal.archivo import almacen
from tests.personas import crear_reparto
from tests.vida.verificando import publicada_sin_firmas

SOLTAR = """(zona, {datos, nombre}) => {
  const bytes = Uint8Array.from(atob(datos), (letra) => letra.charCodeAt(0));
  const traslado = new DataTransfer();
  traslado.items.add(new File([bytes], nombre, { type: "application/pdf" }));
  for (const tipo of ["dragover", "drop"])
    zona.dispatchEvent(new DragEvent(tipo, { dataTransfer: traslado, bubbles: true, cancelable: true }));
}"""


def soltar(page: Page, contenido: bytes) -> None:
    """Suelta el archivo en su recuadro, como con el ratón."""
    datos = {"datos": base64.b64encode(contenido).decode(), "nombre": "acta.pdf"}
    page.locator(".suelta").evaluate(SOLTAR, datos)


@pytest.mark.django_db(transaction=True)
def test_el_archivo_no_sale_del_equipo_si_no_se_pide(live_server: LiveServer, navegador: Browser) -> None:
    sello = publicada_sin_firmas(crear_reparto())
    publicado = almacen.leer(sello.publicacion.pdf)
    alterado = publicado[:100] + b"!" + publicado[101:]
    pedidas: list[Request] = []
    contexto = navegador.new_context(locale="es-MX")
    page = contexto.new_page()
    page.on("request", lambda pedida: pedidas.append(pedida))

    page.goto(f"{live_server.url}/verificar/")
    soltar(page, publicado)
    titulo = page.get_by_role("heading", level=1)
    expect(titulo).to_have_text("Tu archivo es el acta publicada y vigente")
    assert page.url.endswith(f"?huella={hashlib.sha256(publicado).hexdigest()}")

    page.goto(f"{live_server.url}/verificar/")
    assert {".csv", ".png", ".pdf", ".json"} <= set(
        str(page.locator("#pdf").get_attribute("accept")).split(",")
    )
    soltar(page, b"")
    expect(page.get_by_role("status")).to_have_text(
        "«acta.pdf» está vacío (0 bytes): elige otro o descárgalo otra vez."
    )
    soltar(page, alterado)
    expect(page.get_by_role("status")).to_contain_text("No es idéntico a ningún documento")
    assert {pedida.method for pedida in pedidas} == {"GET", "HEAD"}
    assert [pedida.url for pedida in pedidas if pedida.post_data_buffer] == []

    page.get_by_role("button", name="Enviar el archivo").click()
    expect(titulo).to_have_text("Tu archivo está alterado")
    enviadas = [pedida for pedida in pedidas if pedida.method == "POST"]
    assert len(enviadas) == 1

    page.goto(f"{live_server.url}/verificar/")
    page.get_by_label("Código de verificación").fill(sello.codigo.lower())
    page.keyboard.press("Enter")
    expect(titulo).to_have_text("El código es de un acta publicada y vigente")
    contexto.close()


@pytest.mark.django_db(transaction=True)
def test_sin_programas_se_envia_el_archivo(live_server: LiveServer, navegador: Browser) -> None:
    publicado = almacen.leer(publicada_sin_firmas(crear_reparto()).publicacion.pdf)
    sin_guiones = navegador.new_context(locale="es-MX", java_script_enabled=False)
    page = sin_guiones.new_page()
    page.goto(f"{live_server.url}/verificar/")
    page.get_by_label("El archivo, como se descargó").set_input_files(
        {"name": "acta.pdf", "mimeType": "application/pdf", "buffer": publicado}
    )
    page.get_by_role("button", name="Verificar el archivo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tu archivo es el acta publicada y vigente")
    sin_guiones.close()
