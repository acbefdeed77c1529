"""La suma contra los 46 se ve al escribir, sin guardar."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from municipios.cortes import preparar
from tests.municipios.fabricas import crear_etapas
from tests.personas import DIA, crear_reparto


@pytest.fixture
def pagina(
    transactional_db: None, live_server: LiveServer, navegador: Browser, client: Client
) -> Iterator[Page]:
    reparto = crear_reparto()
    crear_etapas(reparto.organo)
    corte = preparar.abrir(reparto.organo, nombre="Corte", fecha=DIA)
    client.force_login(reparto.cuentas["facilitadora"])
    galleta = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexto = navegador.new_context(locale="es-MX")
    contexto.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": galleta, "url": live_server.url}])
    pagina = contexto.new_page()
    pagina.goto(f"{live_server.url}{corte.url_de_trabajo}")
    yield pagina
    contexto.close()


def test_la_suma_se_dice_al_escribir(pagina: Page) -> None:
    etapa = pagina.locator("#etapa-convocatoria")
    cifras, suma = etapa.locator("input[type=number]"), etapa.locator("output")
    expect(suma).to_be_hidden()  # con el desglose no hay nada que sumar a mano
    etapa.get_by_label("Solo el total").check()
    for cuantos, dicho in (
        ("44", "Suma 44 y son 46: faltan 2."),
        ("45", "Suma 45 y son 46: falta 1."),
        ("46", "46, como debe ser"),
        ("47", "Suma 47 y son 46: sobra 1."),
        ("-3", "Suma -3 y son 46: faltan 49."),
    ):
        cifras.first.fill(cuantos)
        expect(suma).to_have_text(dicho)
    etapa.get_by_label("No se menciona").check()
    expect(cifras.first).to_be_hidden()
