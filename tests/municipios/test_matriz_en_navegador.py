"""La matriz en un navegador de verdad: se recorre con el teclado, se guarda sola, se deshace y compara."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from municipios.models import Anotacion, Etapa
from tests.municipios.fabricas import crear_etapas
from tests.personas import crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)
ABASOLO, ACAMBARO = "11001", "11002"


@pytest.fixture
def etapas(transactional_db: None) -> list[Etapa]:
    return crear_etapas(crear_reparto().organo)


@pytest.fixture
def contexto(etapas: list[Etapa], live_server: LiveServer, navegador: Browser) -> Iterator[BrowserContext]:
    """La facilitadora, ya dentro."""
    client = Client()
    client.force_login(etapas[0].organo.roles.get(tipo="facilitadora").usuario)
    uno = navegador.new_context(
        locale="es-MX", base_url=live_server.url, viewport={"width": 1280, "height": 900}
    )
    galleta = client.cookies[settings.SESSION_COOKIE_NAME].value
    uno.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": galleta, "url": live_server.url}])
    yield uno
    uno.close()


def abrir(contexto: BrowserContext) -> Page:
    page = contexto.new_page()
    page.goto("/gestion/municipios/prueba/")
    page.locator("form.matriz--viva").wait_for()
    return page


def control(page: Page, municipio: str, etapa: Etapa) -> Locator:
    return page.locator(f"[name=c-{municipio}-{etapa.pk}]")


def estado(page: Page) -> Locator:
    return page.locator("[data-estado]")


def total(page: Page, etapa: str, situacion: str) -> Locator:
    columna = page.locator(f"[data-totales] td[data-rotulo={etapa}]")
    return columna.locator("li", has_text=situacion).locator("b")


def anotadas() -> list[tuple[str, str, str]]:
    filas = Anotacion.objects.validas().order_by("municipio", "etapa", "pk")
    return list(filas.values_list("municipio", "etapa__clave", "situacion__clave"))


def test_se_captura_se_deshace_y_se_rehace_solo_con_el_teclado(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    page = abrir(contexto)
    control(page, ABASOLO, etapas[0]).focus()
    page.keyboard.press("c")
    expect(estado(page)).to_have_text("Guardado. Ctrl+Z lo deshace.")
    expect(control(page, ABASOLO, etapas[0])).to_be_focused()
    page.keyboard.press("Enter")
    expect(control(page, ACAMBARO, etapas[0])).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(control(page, ACAMBARO, etapas[1])).to_be_focused()
    page.keyboard.press("e")
    expect(total(page, "Instalacion", "En proceso")).to_have_text("1")
    expect(total(page, "Instalacion", "Suman")).to_have_text("46")
    assert anotadas() == [(ABASOLO, "convocatoria", "cumplido"), (ACAMBARO, "instalacion", "en_proceso")]

    page.keyboard.press("Control+z")
    expect(estado(page)).to_contain_text("Acámbaro, Instalacion. Se deshizo.")
    page.keyboard.press("Control+z")
    expect(estado(page)).to_contain_text("Abasolo, Convocatoria. Se deshizo.")
    expect(control(page, ABASOLO, etapas[0])).to_be_focused()
    expect(total(page, "Convocatoria", "Sin información")).to_have_text("46")
    assert anotadas() == []
    page.keyboard.press("Control+y")
    expect(estado(page)).to_contain_text("Abasolo, Convocatoria. Se volvió a anotar.")
    assert anotadas() == [(ABASOLO, "convocatoria", "cumplido")]
    page.keyboard.press("Control+z")
    expect(estado(page)).to_contain_text("Abasolo, Convocatoria. Se deshizo.")
    assert anotadas() == []


def test_al_retroceder_el_motivo_se_pide_ahi_mismo(contexto: BrowserContext, etapas: list[Etapa]) -> None:
    page = abrir(contexto)
    casilla = control(page, ABASOLO, etapas[0])
    casilla.focus()
    page.keyboard.press("c")
    expect(estado(page)).to_contain_text("Guardado")
    page.keyboard.press("n")
    motivo = page.get_by_label("Abasolo, Convocatoria: por qué retrocede")
    expect(motivo).to_be_focused()
    marcada = page.locator("td.casilla-etapa", has=casilla)
    expect(marcada).to_contain_class("avance--no_iniciado")
    expect(marcada).not_to_contain_class("avance--cumplido")
    page.keyboard.press("Escape")
    expect(marcada).to_contain_class("avance--cumplido")
    expect(casilla).to_have_value(str(etapas[0].situaciones.get(clave="cumplido").pk))
    page.keyboard.press("n")
    expect(motivo).to_be_focused()
    page.keyboard.type("Renunció el comité")
    page.keyboard.press("Enter")
    expect(estado(page)).to_contain_text("Guardado")
    expect(casilla).to_be_focused()
    ultima = Anotacion.objects.latest("pk")
    assert (ultima.situacion.clave, ultima.motivo) == ("no_iniciado", "Renunció el comité")
    page.reload()
    expect(casilla).to_have_value(str(ultima.situacion_id))


def test_si_dos_anotan_la_misma_casilla_se_ven_las_dos_y_la_persona_decide(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    una, otra = abrir(contexto), abrir(contexto)
    control(una, ABASOLO, etapas[0]).select_option(label="No iniciado")
    expect(estado(una)).to_contain_text("Guardado")
    control(otra, ABASOLO, etapas[0]).select_option(label="Cumplido")
    dicho = otra.locator(".casilla-etapa__error")
    expect(dicho).to_have_text("Tu otra ventana: «No iniciado». Tú: «Cumplido».")
    assert anotadas() == [(ABASOLO, "convocatoria", "no_iniciado")]
    otra.get_by_role("button", name="Poner lo mío").click()
    expect(estado(otra)).to_contain_text("Guardado")
    assert anotadas()[-1] == (ABASOLO, "convocatoria", "cumplido")


def test_sin_red_insiste_hasta_que_se_guarda(contexto: BrowserContext, etapas: list[Etapa]) -> None:
    page = abrir(contexto)
    contexto.set_offline(True)
    control(page, ABASOLO, etapas[0]).select_option(label="Cumplido")
    expect(estado(page)).to_contain_text("está a salvo en este equipo")
    assert anotadas() == []
    contexto.set_offline(False)
    expect(estado(page)).to_contain_text("Guardado")
    assert anotadas() == [(ABASOLO, "convocatoria", "cumplido")]


def test_volver_a_lo_de_antes_mientras_se_guarda_no_deja_nada_anotado(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    page = abrir(contexto)
    casilla = control(page, ABASOLO, etapas[0])
    contexto.set_offline(True)
    casilla.select_option(label="Cumplido")
    expect(estado(page)).to_contain_text("está a salvo en este equipo")
    casilla.select_option(label="Sin información")
    contexto.set_offline(False)
    expect(estado(page)).to_have_text("Se quedó como estaba.")
    assert anotadas() == []
    assert Anotacion.objects.count() == 1
    expect(casilla).to_have_value(str(etapas[0].situaciones.get(clave="sin_informacion").pk))


PEGAR = """(control, texto) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", texto);
  control.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def test_un_bloque_copiado_se_revisa_se_aplica_y_se_deshace_completo(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    page = abrir(contexto)
    desde = control(page, ABASOLO, etapas[0])
    desde.evaluate(PEGAR, "Convocatoria\tInstalacion\nCumplido\tEn proceso")
    expect(estado(page)).to_have_text(
        "Lo copiado no se puede leer desde esta casilla: usa «Pegar o importar»."
    )
    desde.evaluate(PEGAR, "Cumplido\ten proceso\r\n\tNo iniciado\r\n")
    page.get_by_role("button", name="Aplicar 3 cambios").click()
    page.locator("form.matriz--viva").wait_for()
    assert anotadas() == [
        (ABASOLO, "convocatoria", "cumplido"),
        (ABASOLO, "instalacion", "en_proceso"),
        (ACAMBARO, "instalacion", "no_iniciado"),
    ]
    page.keyboard.press("Control+z")
    boton = page.get_by_role("button", name="Deshacer esta importación")
    expect(boton).to_be_focused()
    expect(estado(page)).to_contain_text("se deshace completo")
    boton.click()
    page.get_by_text("Se deshizo la importación: 3 cambios.").wait_for()
    assert anotadas() == []
