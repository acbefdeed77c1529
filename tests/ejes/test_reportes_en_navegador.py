"""El reporte en un navegador de verdad: se guarda solo, compara, recuerda lo anterior y sube evidencias."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from ejes.models import Evidencia, Reporte
from stl_portal.cuentas.models import Usuario
from tests.ejes.fabricas import crear_bimestre
from tests.ejes.llenados import enviado
from tests.personas import crear_reparto

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reporte(transactional_db: None) -> Reporte:
    """El segundo bimestre de quien ya envió el primero."""
    anterior = enviado(crear_reparto()).reporte
    segundo = crear_bimestre(anterior.eje.plan, timezone.localdate(), numero=2)
    return Reporte.objects.create(bimestre=segundo, eje=anterior.eje, asiento=anterior.asiento)


@pytest.fixture
def page(reporte: Reporte, live_server: LiveServer, navegador: Browser, client: Client) -> Iterator[Page]:
    """La titular, ya dentro, en el primer paso."""
    client.force_login(Usuario.objects.get(email__startswith="integrante."))
    contexto = navegador.new_context(locale="es-MX")
    galleta = client.cookies[settings.SESSION_COOKIE_NAME].value
    contexto.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": galleta, "url": live_server.url}])
    pagina = contexto.new_page()
    pagina.goto(f"{live_server.url}/reportes/{reporte.pk}/indicadores/")
    yield pagina
    contexto.close()


def renglon(page: Page, clave: str) -> Locator:
    """Lo que el renglón dice de su guardado."""
    return page.locator(f"form:has(#{clave}) [data-estado]")


def test_con_la_red_lenta_no_sigue_hasta_que_todo_se_guardo(page: Page, reporte: Reporte) -> None:
    detenidas: list[Route] = []
    page.route("**/guardar/indicadores/r1/", lambda ruta: detenidas.append(ruta))
    page.fill("[name=r1-texto]", "Tarda en llegar")
    page.click("text=Guardar y seguir")
    page.wait_for_timeout(5_000)
    assert page.url.endswith("/indicadores/")
    expect(page.locator("[data-seguir]")).to_have_text("Guardando…")
    for ruta in detenidas:
        ruta.continue_()
    page.wait_for_url("**/avances/")
    assert reporte.respuestas.get().texto == "Tarda en llegar"


def test_se_guarda_solo_y_al_volver_esta(page: Page, reporte: Reporte) -> None:
    page.fill("[name=r1-texto]", "Tres sesiones de trabajo")
    expect(renglon(page, "r1")).to_contain_text("Guardado")
    page.fill("[name=r2-valor]", "muchas")
    expect(renglon(page, "r2")).to_contain_text("Escribe solo el número")
    page.click("text=Guardar y seguir")
    page.wait_for_timeout(500)
    assert page.url.endswith("/indicadores/")
    page.fill("[name=r2-valor]", "1,250")
    expect(renglon(page, "r2")).to_contain_text("Guardado")
    page.click("text=Guardar y seguir")
    page.wait_for_url("**/avances/")
    page.go_back()
    page.reload()
    expect(page.locator("[name=r1-texto]")).to_have_value("Tres sesiones de trabajo")
    expect(page.locator("[name=r2-valor]")).to_have_value("1250")


def test_el_riel_cuenta_lo_guardado_sin_recargar(page: Page) -> None:
    cuenta = page.locator(".paso--actual small")
    total = page.locator("[data-fila]").count()
    expect(cuenta).to_have_text(f"0 de {total}")
    page.fill("[name=r1-texto]", "Tres sesiones de trabajo")
    expect(cuenta).to_have_text(f"1 de {total}")
    page.fill("[name=r1-texto]", "")
    expect(cuenta).to_have_text(f"0 de {total}")


def test_usa_la_respuesta_anterior_sin_perder_lo_escrito(page: Page, reporte: Reporte) -> None:
    page.fill("[name=r2-texto]", "Además")
    page.locator("#r2 [data-anterior]").click()
    expect(page.locator("[name=r2-texto]")).to_have_value("Además\n\nRespuesta 2")
    expect(page.locator("[name=r2-valor]")).to_have_value("120")
    page.locator("#r8 [data-anterior]").click()
    expect(renglon(page, "r2")).to_contain_text("Guardado")
    expect(renglon(page, "r8")).to_contain_text("Guardado")
    filas = {r.renglon.orden: r for r in reporte.respuestas.select_related("renglon")}
    assert filas[2].valor == 120
    assert (filas[8].no_aplica, filas[8].motivo) == (True, "Empieza en 2027")


def test_si_otra_persona_guardo_se_elige(page: Page, reporte: Reporte) -> None:
    renglon_1 = reporte.bimestre.formato.renglones.get(orden=1)  # type: ignore[union-attr]
    reporte.respuestas.create(renglon=renglon_1, texto="Lo de ella", version=2)
    page.fill("[name=r1-texto]", "Lo mío")
    panel = page.locator(".conflicto")
    expect(panel).to_contain_text("Lo guardado: Lo de ella")
    panel.get_by_label("Lo tuyo").check()
    panel.get_by_text("Guardar lo elegido").click()
    expect(renglon(page, "r1")).to_contain_text("Guardado")
    assert reporte.respuestas.get().texto == "Lo mío"


def test_de_dos_archivos_el_bueno_queda_y_el_malo_dice_por_que(
    page: Page, reporte: Reporte, tmp_path: Path
) -> None:
    (tmp_path / "lista.csv").write_text("nombre,edad\nAna,30\n")
    (tmp_path / "vacio.txt").write_text("")
    page.locator("#r3 a:has-text('Agregar evidencias')").click()
    expect(page.get_by_text("respaldará 3. Indicador 3")).to_be_visible()
    page.set_input_files("input[type=file]", [tmp_path / "lista.csv", tmp_path / "vacio.txt"])
    expect(page.locator("#lista .evidencia")).to_contain_text("lista")
    expect(page.locator(".subida__lista")).to_contain_text("El archivo está vacío")
    evidencia = Evidencia.objects.get(usos__reporte=reporte)
    assert [u.renglon.orden for u in evidencia.usos.all() if u.renglon] == [3]
