"""Un corte municipal de punta a punta: se pegan 46 renglones con cinco errores, se corrigen y se publica.

Lo que lee cualquiera (mapa, tabla, totales, CSV y GeoJSON) coincide hasta la unidad con lo que se pegó.
"""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from municipios.carga import leer
from municipios.models import Anotacion, CorteMunicipalPublicado
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.municipios.fabricas import SITUACIONES, anotar, crear_etapas
from tests.personas import Reparto, crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)
ETAPAS = ("convocatoria", "instalacion")
NOMBRES = {clave: nombre for clave, nombre, _ in SITUACIONES}
ABASOLO, CELAYA, LEON, SALAMANCA, SILAO = "11001", "11007", "11020", "11027", "11037"
CORTE = "/municipios/cortes/prueba/1"


def esperado() -> dict[str, tuple[str, str]]:
    """Clave de cada municipio → su situación en cada etapa, cuando todo esté corregido."""
    filas = {}
    for numero, renglon in enumerate(leer()):
        convocatoria = "cumplido" if numero < 19 else "en_proceso" if numero < 35 else "no_iniciado"
        filas[renglon["clave"]] = (convocatoria, "cumplido" if numero % 4 == 0 else "no_iniciado")
    filas[LEON] = ("no_iniciado", "no_iniciado")
    return filas


def pegado() -> str:
    """Los 46 como en una hoja, con cinco renglones mal."""
    renglones = {
        r["clave"]: [r["clave"], r["nombre"], *(NOMBRES[s] for s in esperado()[r["clave"]]), ""]
        for r in leer()
    }
    renglones[CELAYA][0] = "11099"  # una clave que no existe
    renglones[SILAO][:2] = ["", "Silao"]  # un nombre a medias
    renglones[ABASOLO][2] = "Terminado"  # una situación que no es de la etapa
    renglones[SALAMANCA][4] = "2199-01-01"  # una fecha que no llega
    # León retrocede y no dice por qué
    return "\n".join(
        "\t".join(r) for r in [["clave_inegi", "municipio", *ETAPAS, "fecha"], *renglones.values()]
    )


@pytest.fixture
def reparto(transactional_db: None) -> Reparto:
    """Dos etapas; en León la convocatoria ya se había cumplido."""
    uno = crear_reparto()
    convocatoria, _ = crear_etapas(uno.organo, *ETAPAS)
    anotar(convocatoria, LEON, "cumplido", timezone.localdate())
    return uno


@pytest.fixture
def entrar(navegador: Browser, live_server: LiveServer) -> Iterator[Callable[[Usuario | None], Page]]:
    """Una página en la que ya entró la cuenta, recién identificada; sin cuenta, la de cualquiera."""
    abiertos: list[BrowserContext] = []

    def abrir(cuenta: Usuario | None) -> Page:
        contexto = navegador.new_context(base_url=live_server.url, locale="es-MX")
        abiertos.append(contexto)
        if cuenta:
            nombre = settings.SESSION_COOKIE_NAME
            galleta = identificarse(Client(), cuenta).cookies[nombre].value
            contexto.add_cookies([{"name": nombre, "value": galleta, "url": live_server.url}])
        return contexto.new_page()

    yield abrir
    for contexto in abiertos:
        contexto.close()


def retratar(page: Page, nombre: str) -> None:
    if carpeta := os.environ.get("FOTOS"):
        page.screenshot(path=f"{carpeta}/corte-municipal-{nombre}.png", full_page=True)


def arreglo(page: Page, renglon: int) -> Locator:
    return page.locator("fieldset.arreglo", has=page.get_by_text(re.compile(rf"^Renglón {renglon}\b")))


def pegar(page: Page) -> None:
    """Pega y mira: cinco renglones por corregir y nada guardado."""
    page.goto("/gestion/municipios/prueba/")
    page.get_by_role("link", name="Pegar o importar").click()
    page.get_by_label("Celdas copiadas de tu hoja de cálculo").fill(pegado())
    page.get_by_role("button", name="Ver qué cambia").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(5)
    assert Anotacion.objects.count() == 1


def corregir(page: Page) -> None:
    """Dos se aceptan con un clic, los demás se corrigen en su renglón, sin perder lo otro."""
    retratar(page, "errores")
    arreglo(page, 38).get_by_role("button", name="Sí, es Silao de la Victoria").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(4)
    arreglo(page, 8).get_by_role("button", name="Sí, es Celaya").click()
    expect(page.locator("fieldset.arreglo")).to_have_count(3)
    arreglo(page, 2).get_by_label("Convocatoria").select_option("Cumplido")
    arreglo(page, 28).get_by_label("Fecha").fill(timezone.localdate().isoformat())
    arreglo(page, 21).get_by_label("Por qué retrocede").fill("Se anuló la convocatoria y se hará otra.")
    page.get_by_role("button", name="Revisar otra vez").locator("visible=true").click()
    expect(page.get_by_role("button", name="Aplicar 92 cambios")).to_be_visible()
    retratar(page, "cambios")


def aplicar(page: Page) -> None:
    page.get_by_role("button", name="Aplicar 92 cambios").click()
    expect(page.get_by_text("Listo: 92 cambios en 46 municipios.")).to_be_visible()
    assert Anotacion.objects.count() == 93


def publicar(page: Page) -> None:
    page.goto("/gestion/municipios/cortes/prueba/nuevo/")
    page.get_by_label("Nombre").fill("Corte de prueba")
    page.get_by_label("Fecha del corte").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Preparar el corte").click()
    page.get_by_role("link", name="Publicar…").click()
    page.get_by_role("button", name="Publicar para todo el mundo").click()
    expect(page.get_by_text("Publicado").first).to_be_visible()
    assert CorteMunicipalPublicado.objects.count() == 1


def en_el_mapa(page: Page, etapa: str) -> dict[str, str]:
    """Lo que cada hexágono dice: nombre del municipio → situación."""
    page.goto(f"/municipios/?etapa={etapa}")
    retratar(page, f"mapa-{etapa}")
    dichos = page.locator("a.mapa__municipio").evaluate_all("as => as.map(a => a.getAttribute('aria-label'))")
    return dict(dicho.split(": ", 1) for dicho in dichos)


def en_la_tabla(page: Page) -> dict[str, list[str]]:
    """Clave de cada municipio → el texto de sus casillas; la etapa elegida va primero."""
    page.goto(f"/municipios/?etapa={ETAPAS[0]}")
    filas = page.locator("#tabla tbody tr").evaluate_all(
        "trs => trs.map(tr => [...tr.querySelectorAll('td')].map(td => td.innerText.trim()))"
    )
    return {clave: [dicho.split("\n")[-1] for dicho in casillas] for clave, *casillas in filas}


def en_los_totales(page: Page, etapa: str) -> dict[str, int]:
    """La lista de totales de la etapa que se mira."""
    page.goto(f"/municipios/?etapa={etapa}")
    renglones = page.locator("ul.totales").first.locator("li").all()
    return {
        r.locator("a, span").last.inner_text().strip(): int(r.locator(".cifra").inner_text())
        for r in renglones
    }


def dict_csv(page: Page, direccion: str) -> list[dict[str, str]]:
    texto = page.request.get(direccion).body().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(texto)))


def test_se_pega_se_corrige_se_publica_y_todo_coincide(
    reparto: Reparto, entrar: Callable[[Usuario | None], Page]
) -> None:
    page = entrar(reparto.cuentas["facilitadora"])
    pegar(page)
    corregir(page)
    aplicar(page)
    publicar(page)
    cualquiera, bien = entrar(None), esperado()
    de_clave = {r["clave"]: r["nombre"] for r in leer()}
    for lugar, etapa in enumerate(ETAPAS):
        cuentan = Counter(situaciones[lugar] for situaciones in bien.values())
        assert en_el_mapa(cualquiera, etapa) == {
            de_clave[clave]: NOMBRES[s[lugar]].lower() for clave, s in bien.items()
        }
        assert en_los_totales(cualquiera, etapa) == {NOMBRES[c]: cuentan[c] for c in NOMBRES}
        totales = dict_csv(cualquiera, f"{CORTE}-totales.csv")
        assert {f["situacion"]: int(f["municipios"]) for f in totales if f["etapa"] == etapa} == {
            clave: cuentan[clave] for clave in NOMBRES
        }
    assert en_la_tabla(cualquiera) == {clave: [NOMBRES[s] for s in par] for clave, par in bien.items()}
    renglones = {(f["clave_inegi"], f["etapa"]): f["situacion"] for f in dict_csv(cualquiera, f"{CORTE}.csv")}
    assert renglones == {
        (clave, e): s for clave, par in bien.items() for e, s in zip(ETAPAS, par, strict=True)
    }
    capa = cualquiera.request.get(f"{CORTE}.geojson").json()
    puntos = {
        punto["id"]: tuple(punto["properties"]["etapas"][e] for e in ETAPAS) for punto in capa["features"]
    }
    assert puntos == bien
