"""La matriz en el navegador: cabe en 1280 px, se filtra, se pliega en el teléfono y no se pierde."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from municipios.models import Anotacion, Etapa
from tests.municipios.fabricas import anotar, crear_etapas
from tests.personas import crear_reparto

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.apariencia]
MATRIZ = "/gestion/municipios/prueba/"
ABASOLO, ACAMBARO = "11001", "11002"
SIETE = (
    "participacion",
    "convocatoria",
    "integracion",
    "instalacion",
    "lineamientos",
    "capacitacion",
    "plan",
)


@pytest.fixture
def etapas(transactional_db: None) -> list[Etapa]:
    return crear_etapas(crear_reparto().organo, *SIETE)


@pytest.fixture
def contexto(etapas: list[Etapa], live_server: LiveServer, navegador: Browser) -> Iterator[BrowserContext]:
    """La facilitadora, ya dentro."""
    client = Client()
    client.force_login(etapas[0].organo.roles.get(tipo="facilitadora").usuario)
    uno = navegador.new_context(locale="es-MX", base_url=live_server.url)
    galleta = client.cookies[settings.SESSION_COOKIE_NAME].value
    uno.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": galleta, "url": live_server.url}])
    yield uno
    uno.close()


def abrir(contexto: BrowserContext, consulta: str = "", ancho: int = 1280) -> Page:
    page = contexto.new_page()
    page.set_viewport_size({"width": ancho, "height": 900})
    page.goto(f"{MATRIZ}{consulta}")
    page.locator("form.matriz--viva").wait_for()
    return page


def control(page: Page, municipio: str, etapa: Etapa) -> Locator:
    return page.locator(f"[name=c-{municipio}-{etapa.pk}]")


def a_la_vista(page: Page) -> Locator:
    return page.locator("tbody tr:not([hidden])")


def cuantas() -> int:
    return Anotacion.objects.validas().count()


def test_siete_etapas_caben_en_1280_con_un_renglon_por_municipio(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], ABASOLO, "en_proceso")
    page = abrir(contexto)
    marco = page.locator(".matriz__marco")
    assert marco.evaluate("m => m.scrollWidth <= m.clientWidth")
    alturas = page.locator("tbody tr").evaluate_all("filas => [...new Set(filas.map((f) => f.offsetHeight))]")
    assert max(alturas) < 40
    page.locator("tbody tr").last.scroll_into_view_if_needed()
    marco.evaluate("m => m.scrollTo(0, 600)")
    arriba = marco.bounding_box()
    titulo = page.locator("thead th").first.bounding_box()
    assert arriba is not None
    assert titulo is not None
    assert abs(arriba["y"] - titulo["y"]) < 3


def test_se_filtra_al_escribir_y_la_direccion_lo_recuerda(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    anotar(etapas[1], "11020", "en_proceso")
    page = abrir(contexto)
    page.get_by_label("Municipio", exact=True).fill("leon")
    expect(a_la_vista(page)).to_have_count(2)
    expect(page.locator("[data-cuantos]")).to_contain_text("Se muestran 2 de 46 municipios.")
    page.get_by_label("Situación", exact=True).select_option("convocatoria:en_proceso")
    expect(a_la_vista(page)).to_have_count(1)
    page.get_by_label("Etapa", exact=True).select_option("convocatoria")
    expect(page.locator("thead th:visible")).to_have_text(["Municipio", "Convocatoria"])

    control(page, "11020", etapas[1]).select_option(label="Cumplido")
    expect(page.locator("[data-estado]")).to_contain_text("Guardado")
    expect(a_la_vista(page)).to_have_count(1)  # ya no cumple, pero se sigue viendo lo que se cambió
    expect(page.locator("[data-totales] td:visible")).to_have_count(1)
    control(page, "11020", etapas[1]).press("Control+z")
    expect(page.locator("[data-estado]")).to_contain_text("Se deshizo")
    page.reload()
    expect(a_la_vista(page)).to_have_count(1)
    expect(page.get_by_label("Municipio", exact=True)).to_have_value("leon")
    page.get_by_role("link", name="Quitar filtros").click()
    expect(a_la_vista(page)).to_have_count(46)
    expect(page.locator("thead th:visible")).to_have_count(8)


def test_deshacer_ensena_lo_que_el_filtro_escondia(contexto: BrowserContext, etapas: list[Etapa]) -> None:
    page = abrir(contexto)
    control(page, ABASOLO, etapas[0]).select_option(label="Cumplido")
    expect(page.locator("[data-estado]")).to_contain_text("Guardado")
    page.get_by_label("Municipio", exact=True).fill("salamanca")
    page.get_by_label("Etapa", exact=True).select_option("plan")
    control(page, "11027", etapas[6]).focus()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-estado]")).to_contain_text("Abasolo, Participacion. Se deshizo")
    expect(control(page, ABASOLO, etapas[0])).to_be_focused()
    expect(page.locator("thead th:visible")).to_have_count(3)


def test_en_el_telefono_cada_municipio_es_un_renglon_que_se_abre(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    anotar(etapas[0], ABASOLO, "cumplido")
    page = abrir(contexto, ancho=360)
    assert page.evaluate("document.documentElement.scrollHeight") < 6500
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    casilla = control(page, ABASOLO, etapas[1])
    expect(casilla).to_be_hidden()
    abrir_el = page.get_by_role("button", name="Etapas de Abasolo")
    abrir_el.click()
    expect(abrir_el).to_have_attribute("aria-expanded", "true")
    casilla.select_option(label="Cumplido")
    resumen = page.locator("tbody tr").first.locator(".matriz__resumen")
    expect(resumen.locator(".avance--cumplido")).to_contain_text("2")


def test_lo_elegido_sin_red_se_ofrece_al_volver_a_abrir_el_navegador(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    anotar(etapas[1], ACAMBARO, "cumplido")
    page = abrir(contexto)
    control(page, ACAMBARO, etapas[1]).select_option(label="No iniciado")
    page.get_by_label("Acámbaro, Convocatoria: por qué retrocede").fill("Renunció el comité")
    contexto.set_offline(True)
    control(page, ABASOLO, etapas[0]).select_option(label="Cumplido")
    expect(page.locator("[data-estado]")).to_contain_text("está a salvo en este equipo")
    page.close()
    assert cuantas() == 1

    contexto.set_offline(False)
    page = abrir(contexto, "?q=salamanca")
    aviso = page.locator(".aviso", has_text="Hay 2 casillas sin enviar")
    aviso.get_by_text("Verlo antes").click()
    expect(aviso).to_contain_text("Abasolo, Participacion: Cumplido")
    expect(aviso).to_contain_text("Acámbaro, Convocatoria: No iniciado. Motivo: Renunció el comité")
    assert cuantas() == 1  # nada se envía hasta que la persona lo dice
    aviso.get_by_role("button", name="Enviarlo").click()
    expect(page.locator("[data-estado]")).to_contain_text("Guardado")
    expect(aviso).to_have_count(0)
    expect(control(page, ABASOLO, etapas[0])).to_be_visible()
    hechas = Anotacion.objects.order_by("-pk").values_list("municipio", "situacion__clave", "motivo")[:2]
    assert set(hechas) == {(ABASOLO, "cumplido", ""), (ACAMBARO, "no_iniciado", "Renunció el comité")}
    page.reload()
    page.locator("form.matriz--viva").wait_for()
    expect(page.locator(".aviso", has_text="sin enviar")).to_have_count(0)


def test_lo_descartado_no_se_envia_ni_vuelve(contexto: BrowserContext, etapas: list[Etapa]) -> None:
    page = abrir(contexto)
    contexto.set_offline(True)
    control(page, ABASOLO, etapas[0]).select_option(label="Cumplido")
    expect(page.locator("[data-estado]")).to_contain_text("está a salvo en este equipo")
    page.close()
    contexto.set_offline(False)
    page = abrir(contexto)
    page.get_by_role("button", name="Descartarlo").click()
    page.reload()
    page.locator("form.matriz--viva").wait_for()
    expect(page.locator(".aviso", has_text="sin enviar")).to_have_count(0)
    assert cuantas() == 0


def test_si_alguien_anoto_mientras_no_estaba_se_comparan_las_dos(
    contexto: BrowserContext, etapas: list[Etapa]
) -> None:
    page = abrir(contexto)
    contexto.set_offline(True)
    control(page, ABASOLO, etapas[0]).select_option(label="Cumplido")
    expect(page.locator("[data-estado]")).to_contain_text("está a salvo en este equipo")
    page.close()
    anotar(etapas[0], ABASOLO, "no_iniciado")
    contexto.set_offline(False)
    page = abrir(contexto)
    page.get_by_role("button", name="Enviarlo").click()
    dicho = page.locator(".casilla-etapa__error")
    expect(dicho).to_have_text("Otra persona: «No iniciado». Tú: «Cumplido».")
    page.get_by_role("button", name="Poner lo mío").click()
    expect(page.locator("[data-estado]")).to_contain_text("Guardado")
    assert cuantas() == 2
