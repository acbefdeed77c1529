"""Pegar en un navegador de verdad: sin JavaScript, con un libro de Excel, dos veces seguidas y con axe."""

import io
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect
from pytest_django.live_server_helper import LiveServer

from municipios.models import Anotacion
from tests.accesibilidad.revision import violaciones
from tests.municipios.fabricas import crear_etapas
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)
PEGAR = "/gestion/municipios/prueba/pegar/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def reparto(transactional_db: None) -> Reparto:
    uno = crear_reparto()
    crear_etapas(uno.organo)
    return uno


@pytest.fixture
def abrir(reparto: Reparto, live_server: LiveServer, navegador: Browser) -> Iterator[Callable[[bool], Page]]:
    """La página donde se pega, abierta por la facilitadora, con JavaScript o sin él."""
    abiertos: list[BrowserContext] = []
    client = Client()
    client.force_login(reparto.cuentas["facilitadora"])
    nombre = settings.SESSION_COOKIE_NAME

    def pagina(con_programas: bool) -> Page:
        contexto = navegador.new_context(
            base_url=live_server.url, locale="es-MX", java_script_enabled=con_programas
        )
        valor = client.cookies[nombre].value
        contexto.add_cookies([{"name": nombre, "value": valor, "url": live_server.url}])
        abiertos.append(contexto)
        page = contexto.new_page()
        page.goto(PEGAR)
        return page

    yield pagina
    for contexto in abiertos:
        contexto.close()


def anotadas() -> list[tuple[str, str, str]]:
    filas = Anotacion.objects.order_by("municipio", "etapa")
    return list(filas.values_list("municipio", "etapa__clave", "situacion__clave"))


def libro() -> FilePayload:
    """Silao a medias y una celda combinada sobre dos municipios."""
    archivo = openpyxl.Workbook()
    hoja = archivo.worksheets[0]
    for fila in (
        ["municipio", "convocatoria", "instalacion"],
        ["Silao", "Cumplido", "En proceso"],
        ["León ", "Cumplido", None],
        ["Celaya", None, None],
    ):
        hoja.append(fila)
    hoja.merge_cells("B3:B4")
    memoria = io.BytesIO()
    archivo.save(memoria)
    return {"name": "avance.xlsx", "mimeType": XLSX, "buffer": memoria.getvalue()}


def test_sin_javascript_se_importa_un_libro_y_se_corrige(abrir: Callable[[bool], Page]) -> None:
    page = abrir(False)
    page.get_by_label("O el archivo").set_input_files(libro())
    page.get_by_role("button", name="Ver qué cambia").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(2)
    expect(page.get_by_text("Venía combinada con otra celda").first).to_be_visible()
    page.locator("fieldset.arreglo").last.get_by_label("Convocatoria").select_option("En proceso")
    page.get_by_role("button", name="Sí, es Silao de la Victoria").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(0)
    page.get_by_role("button", name="Aplicar 4 cambios").click()
    expect(page.get_by_text("Listo: 4 cambios en 3 municipios.")).to_be_visible()
    assert anotadas() == [
        ("11007", "convocatoria", "en_proceso"),
        ("11020", "convocatoria", "cumplido"),
        ("11037", "convocatoria", "cumplido"),
        ("11037", "instalacion", "en_proceso"),
    ]


def test_intro_en_un_campo_revisa_y_no_acepta_nada(abrir: Callable[[bool], Page]) -> None:
    page = abrir(True)
    page.get_by_label("Celdas copiadas").fill(
        "municipio\tconvocatoria\tfecha\nSilao\tCumplido\t\nLeón\tCumplido\tayer"
    )
    page.get_by_role("button", name="Ver qué cambia").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(2)
    fecha = page.get_by_label("Fecha", exact=True)
    fecha.fill("2026-01-31")
    fecha.press("Enter")
    expect(page.locator("fieldset.arreglo")).to_have_count(1)
    expect(page.get_by_role("button", name="Sí, es Silao de la Victoria")).to_be_visible()
    assert anotadas() == []


def test_dos_clics_seguidos_anotan_una_vez(abrir: Callable[[bool], Page]) -> None:
    page = abrir(True)
    page.get_by_label("Celdas copiadas").fill("municipio\tconvocatoria\nLeón\tCumplido")
    page.get_by_role("button", name="Ver qué cambia").click()
    page.get_by_role("button", name="Aplicar un cambio").dblclick(no_wait_after=True)
    expect(page.get_by_role("heading", name="Avance de los municipios")).to_be_visible()
    assert anotadas() == [("11020", "convocatoria", "cumplido")]


def test_la_vista_previa_no_viola_axe(abrir: Callable[[bool], Page]) -> None:
    page = abrir(True)
    page.get_by_label("O el archivo").set_input_files(libro())
    page.get_by_role("button", name="Ver qué cambia").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(2)
    halladas = list(violaciones(page, "vista previa", ((360, "light"), (1280, "light"), (1280, "dark"))))
    assert halladas == []
