"""Un reporte bimestral de punta a punta, como lo viven quien lo prepara, quien lo revisa y cualquiera."""

import io
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from ejes.models import Evidencia, Reporte
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import identificarse
from tests.ejes.fabricas import crear_reporte
from tests.mesa_js.conftest import Portal, portal  # noqa: F401  # el portal de verdad, en su puerto
from tests.personas import Reparto, crear_reparto

MEGA = 1024 * 1024
SECRETO = "Ciruelas en conserva"
CHICAS = 10
PATCH = "**/archivos/subidas/**"


@pytest.fixture
def reparto(transactional_db: None) -> Reparto:
    """Confirmada en la base, para que la vea el servidor."""
    return crear_reparto()


@pytest.fixture
def entrar(navegador: Browser, portal: Portal) -> Iterator[Callable[[Usuario | None], Page]]:  # noqa: F811
    """Una página en la que ya entró la cuenta, recién identificada; sin cuenta, la de cualquiera."""
    abiertos: list[BrowserContext] = []

    def abrir(cuenta: Usuario | None) -> Page:
        contexto = navegador.new_context(base_url=portal.direccion, locale="es-MX")
        contexto.set_default_timeout(20_000)
        abiertos.append(contexto)
        if cuenta:
            galleta = identificarse(Client(), cuenta).cookies["sessionid"].value
            contexto.add_cookies([{"name": "sessionid", "value": galleta, "url": portal.direccion}])
        return contexto.new_page()

    yield abrir
    for contexto in abiertos:
        contexto.close()


def archivo(nombre: str, contenido: bytes, tipo: str = "text/plain") -> Any:
    return {"name": nombre, "mimeType": tipo, "buffer": contenido}


def foto() -> bytes:
    memoria = io.BytesIO()
    Image.new("RGB", (320, 200), "teal").save(memoria, "PNG")
    return memoria.getvalue()


def los_trece() -> list[Any]:
    """Doce que se aceptan (el último, de 20 MB) y una página que dice ser PDF."""
    chicas = [archivo(f"lista-{n}.txt", f"Renglón {n} de {SECRETO}\n".encode()) for n in range(CHICAS)]
    grande = archivo("registro-grande.txt", b"un renglon cualquiera\n" * (20 * MEGA // 22))
    mala = archivo("acta.pdf", b"<html><script>alert(1)</script></html>", "application/pdf")
    return [*chicas, archivo("foto.png", foto(), "image/png"), grande, mala]


@contextmanager
def cortes(page: Page) -> Iterator[list[tuple[int, bool]]]:
    """Corta dos veces la segunda parte del archivo grande. Da cada intento: (desde qué byte, si pasó)."""
    intentos: list[tuple[int, bool]] = []

    def atender(ruta: Route) -> None:
        desde = ruta.request.headers.get("upload-offset")
        if ruta.request.method != "PATCH" or desde is None:
            return ruta.continue_()
        cortado = int(desde) > 0 and sum(not paso for _, paso in intentos) < 2
        intentos.append((int(desde), not cortado))
        return ruta.abort("internetdisconnected") if cortado else ruta.continue_()

    page.route(PATCH, atender)
    yield intentos
    page.unroute(PATCH)


def llenar(page: Page, reporte: Reporte) -> None:
    """Los ocho renglones y la acción."""
    page.goto("/reportes/")
    page.locator(f"a[href='{reporte.url_de_trabajo}']").first.click()
    page.get_by_role("link", name="Indicadores").first.click()
    for orden in range(1, 9):
        renglon = page.get_by_role("group", name=f"{orden}. Indicador {orden}")
        renglon.get_by_label("Respuesta").fill(f"{SECRETO}, respuesta {orden}")
        if orden in (2, 4):
            renglon.get_by_label("Número de personas").fill("120")
    page.get_by_role("button", name="Guardar y seguir").click()
    page.get_by_label("Avance (%)").fill("45")
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.get_by_role("heading", name="Evidencias", exact=True)).to_be_visible()


def subir(page: Page) -> list[tuple[int, bool]]:
    with cortes(page) as intentos:
        page.locator("input[type=file]").set_input_files(los_trece())
        expect(page.locator("#lista > li")).to_have_count(CHICAS + 2, timeout=90_000)
        expect(page.locator(".subida__lista")).to_contain_text("dice ser PDF", timeout=30_000)
    return intentos


def enviar(page: Page, reporte: Reporte) -> None:
    page.goto(reporte.url_de_trabajo)
    page.get_by_role("button", name="Enviar el reporte").click()
    expect(page.get_by_text("Enviado, en revisión").first).to_be_visible()


def nada_se_ve(page: Page, reporte: Reporte) -> None:
    """Ni el texto ni los nombres ni los archivos, en ninguna página de cualquiera."""
    plan = reporte.bimestre.plan
    paginas = [
        "/",
        plan.get_absolute_url(),
        reporte.bimestre.get_absolute_url(),
        reporte.eje.get_absolute_url(),
    ]
    for direccion in paginas:
        page.goto(direccion)
        assert SECRETO not in page.content()
        assert "lista-0" not in page.content()
    assert page.goto(reporte.get_absolute_url()).status == 404  # type: ignore[union-attr]
    for evidencia in Evidencia.objects.select_related("archivo", "plan"):
        assert page.goto(evidencia.get_absolute_url()).status == 404  # type: ignore[union-attr]
        assert evidencia.archivo
        page.goto(evidencia.archivo.a_la_vista)
        assert "/entrar/" in page.url


def observar(page: Page, reporte: Reporte) -> None:
    page.goto("/reportes/revision/")
    page.locator(f"a[href='{reporte.url_de_revision}']").first.click()
    parte = page.locator("#renglon-2")
    parte.locator("summary", has_text="Observar…").click()
    parte.locator("textarea").fill("Di de qué barrios.")
    parte.get_by_role("button", name="Observar").click()
    page.get_by_role("button", name="Devolver con observaciones").click()
    page.get_by_role("dialog").get_by_role("button", name="Devolver", exact=True).click()
    expect(page.get_by_text("Con observaciones").first).to_be_visible()


def corregir(page: Page, reporte: Reporte) -> None:
    page.goto(f"{reporte.url_de_trabajo}indicadores/")
    renglon = page.get_by_role("group", name="2. Indicador 2")
    expect(renglon).to_contain_text("Di de qué barrios.")
    renglon.get_by_label("Respuesta").fill(f"{SECRETO}, respuesta 2, de tres barrios")
    page.get_by_role("button", name="Guardar y seguir").click()
    expect(page.get_by_role("heading", name="Avance de las acciones", level=2)).to_be_visible()
    enviar(page, reporte)


def publicar(page: Page, reporte: Reporte) -> None:
    page.goto(reporte.url_de_revision)
    page.get_by_role("button", name="Validar de una vez lo que falta").click()
    page.get_by_role("button", name="Dar por validado el reporte").click()
    page.get_by_role("link", name="Publicar", exact=True).click()
    page.get_by_role("button", name="Publicar para todo el mundo").click()
    expect(page.get_by_text("Publicado").first).to_be_visible()


def texto_del_pdf(page: Page, reporte: Reporte, carpeta: Path) -> str:
    respuesta = page.request.get(f"{reporte.get_absolute_url().rstrip('/')}.pdf")
    assert respuesta.headers["content-type"] == "application/pdf"
    ruta = carpeta / "reporte.pdf"
    ruta.write_bytes(respuesta.body())
    return subprocess.run(["pdftotext", "-raw", ruta, "-"], capture_output=True, check=True, text=True).stdout


@pytest.mark.django_db(transaction=True)
def test_se_prepara_se_observa_se_corrige_y_se_publica(
    reparto: Reparto, entrar: Callable[[Usuario | None], Page], tmp_path: Path
) -> None:
    reporte = crear_reporte(reparto)
    prepara, revisa = entrar(reparto.cuentas["integrante"]), entrar(reparto.cuentas["facilitadora"])
    cualquiera = entrar(None)
    try:
        llenar(prepara, reporte)
        intentos = subir(prepara)
        enviar(prepara, reporte)
        nada_se_ve(cualquiera, reporte)
        observar(revisa, reporte)
        corregir(prepara, reporte)
        publicar(revisa, reporte)
    finally:
        if carpeta := os.environ.get("FOTOS"):
            for nombre, page in (("prepara", prepara), ("revisa", revisa), ("cualquiera", cualquiera)):
                page.screenshot(path=f"{carpeta}/reporte-{nombre}.png", full_page=True)
    del_grande = [(desde, paso) for desde, paso in intentos if desde > 0]
    assert del_grande == [(8 * MEGA, False), (8 * MEGA, False), (8 * MEGA, True), (16 * MEGA, True)]
    cualquiera.goto(reporte.get_absolute_url())
    expect(cualquiera.locator("main")).to_contain_text(f"{SECRETO}, respuesta 2, de tres barrios")
    expect(cualquiera.locator("main")).to_contain_text("registro-grande")
    impreso = " ".join(texto_del_pdf(cualquiera, reporte, tmp_path).split())
    assert f"{SECRETO}, respuesta 2, de tres barrios" in impreso
    for evidencia in Evidencia.objects.select_related("archivo"):
        assert evidencia.archivo
        assert evidencia.archivo.huella in impreso.replace(" ", "")
