"""Una ronda completa entre dos personas, en el navegador y solo con lo que se ve en la pantalla."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from sesiones.estados import EstadoActa
from tests.navegador.pantalla import Pantalla
from tests.personas import CLAVE, crear_reparto
from tests.vida.conftest import concluida
from tests.vida.revisiones import url

MIA = "El cierre fue a las doce, no antes."


@pytest.fixture
def personas(
    live_server: LiveServer, navegador: Browser, transactional_db: None
) -> Iterator[tuple[m.Acta, Page, Page]]:
    """Un acta en borrador, quien lo conduce en escritorio y quien lo revisa en un teléfono sin JavaScript."""
    reparto = crear_reparto()
    acta = concluida(reparto)
    mesa = navegador.new_context(locale="es-MX", viewport={"width": 1280, "height": 900})
    telefono = navegador.new_context(
        locale="es-MX", viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    paginas = []
    for contexto, papel in ((mesa, "facilitadora"), (telefono, "integrante")):
        pantalla = Pantalla(contexto.new_page(), live_server.url)
        pantalla.entrar(reparto.cuentas[papel], CLAVE)
        paginas.append(pantalla.page)
    yield acta, paginas[0], paginas[1]
    mesa.close()
    telefono.close()


def test_una_ronda_completa(personas: tuple[m.Acta, Page, Page], live_server: LiveServer) -> None:
    acta, mesa, telefono = personas
    mesa.goto(live_server.url + acta.sesion.paso_url("acta"))
    mesa.get_by_role("link", name="Circular a revisión").click()
    mesa.get_by_role("button", name="Circular y avisar por correo").click()
    expect(mesa.get_by_text("Respondieron 0 de 4")).to_be_visible()

    telefono.goto(f"{live_server.url}/mi/")
    telefono.get_by_role("link", name="Leer y responder").click()
    telefono.locator("summary", has_text="Observar").last.click()
    telefono.get_by_label("Tu observación").locator("visible=true").fill(MIA)
    telefono.get_by_role("button", name="Enviar la observación").locator("visible=true").click()
    expect(telefono.get_by_text(MIA).locator("visible=true")).to_be_visible()

    mesa.goto(f"{live_server.url}/mi/")
    mesa.get_by_role("link", name="Atender").click()
    mesa.get_by_text("No, porque…").click()
    mesa.get_by_label("Por qué no se incorpora").fill("Así consta en la grabación.")
    mesa.get_by_role("button", name="No se incorpora").click()
    # La página vuelve a cargarse con la respuesta; antes de eso, el diálogo se abriría en la que se va.
    expect(mesa.get_by_text("Así consta en la grabación.").locator("visible=true")).to_be_visible()
    mesa.get_by_role("button", name="Cerrar la ronda").first.click()
    mesa.get_by_role("dialog").get_by_role("button", name="Cerrar la ronda").click()
    expect(mesa.get_by_role("heading", name="Nada por atender")).to_be_visible()
    acta.refresh_from_db()
    assert acta.estado == EstadoActa.OBSERVADA

    telefono.reload()
    expect(telefono.get_by_text("Así consta en la grabación.")).to_be_visible()
    expect(telefono.get_by_text("Respondiste con observaciones.", exact=True)).to_be_visible()
    assert telefono.get_by_label("Tu observación").count() == 0


def test_en_un_toque_desde_el_telefono(personas: tuple[m.Acta, Page, Page], live_server: LiveServer) -> None:
    acta, mesa, telefono = personas
    mesa.goto(live_server.url + url(acta))
    mesa.get_by_role("button", name="Circular y avisar por correo").click()
    mesa.wait_for_load_state()
    telefono.goto(live_server.url + url(acta))
    telefono.get_by_role("button", name="Sin observaciones").first.click()
    expect(telefono.get_by_text("Respondiste sin observaciones")).to_be_visible()
    mesa.reload()
    expect(mesa.get_by_text("Respondieron 1 de 4")).to_be_visible()
