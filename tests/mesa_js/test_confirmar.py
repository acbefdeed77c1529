"""Lo que se borra se confirma: abrir, arrepentirse, confirmar, y el foco siempre vuelve a un lugar útil."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from sesiones import models as m
from tests.fabricas import crear_punto
from tests.mesa_js.conftest import Abrir
from tests.personas import Reparto

Como = Callable[[str], BrowserContext]


@pytest.fixture
def orden(como: Como, sesion: m.Sesion) -> Page:
    """El orden del día, con un punto que sobra."""
    crear_punto(sesion, "Punto de más")
    hoja = como("facilitadora").new_page()
    hoja.goto(sesion.paso_url("orden"))
    hoja.wait_for_selector(".agenda__asa")
    return hoja


def abrir_dialogo(hoja: Page, boton: str) -> Locator:
    """Presiona con el teclado el botón que lo abre y devuelve el diálogo."""
    hoja.get_by_role("button", name=boton).press("Enter")
    dialogo = hoja.locator("dialog:popover-open")
    expect(dialogo).to_be_visible()
    return dialogo


def test_abre_con_el_foco_en_su_pregunta_y_dice_que_se_borra(orden: Page) -> None:
    dialogo = abrir_dialogo(orden, "Borrar «Punto de más»")
    expect(dialogo.get_by_role("heading")).to_be_focused()
    expect(dialogo).to_have_accessible_name("¿Borrar este punto del orden del día?")
    expect(dialogo).to_contain_text("Punto de más")


@pytest.mark.parametrize("salida", ["No, volver", "Escape"])
def test_arrepentirse_conserva_el_renglon_y_regresa_el_foco(
    orden: Page, sesion: m.Sesion, salida: str
) -> None:
    dialogo = abrir_dialogo(orden, "Borrar «Punto de más»")
    if salida == "Escape":
        orden.keyboard.press("Escape")
    else:
        dialogo.get_by_role("button", name=salida).press("Enter")
    expect(dialogo).to_be_hidden()
    expect(orden.get_by_role("button", name="Borrar «Punto de más»")).to_be_focused()
    expect(orden.locator("li[data-punto]", has_text="Punto de más")).to_be_visible()
    assert sesion.puntos.filter(titulo="Punto de más").exists()


def test_confirmar_borra_cierra_y_no_pierde_el_foco(orden: Page, sesion: m.Sesion) -> None:
    abrir_dialogo(orden, "Borrar «Punto de más»").get_by_role("button", name="Borrar el punto").press("Enter")
    expect(orden.locator("li[data-punto]")).to_have_count(2)
    expect(orden.locator("dialog:popover-open")).to_have_count(0)
    assert not sesion.puntos.filter(titulo="Punto de más").exists()
    expect(orden.locator("#mesa :focus")).to_have_count(1)


def test_anular_una_votacion_se_confirma(abrir: Abrir, punto: m.Punto) -> None:
    hoja = abrir()
    hoja.get_by_role("button", name="Aprobado por unanimidad").click()
    expect(hoja.locator(".votacion")).to_be_visible()
    abrir_dialogo(hoja, "Anular esta votación")
    hoja.keyboard.press("Escape")
    assert punto.votaciones.count() == 1
    abrir_dialogo(hoja, "Anular esta votación").get_by_role("button", name="Anular la votación").click()
    expect(hoja.locator(".votacion")).to_have_count(0)
    assert punto.votaciones.count() == 0


def test_lo_que_tarda_dice_que_el_portal_sigue_trabajando(abrir: Abrir) -> None:
    hoja = abrir()
    detenidas: list[Route] = []
    hoja.route("**/votacion/", lambda ruta: detenidas.append(ruta))
    hoja.get_by_role("button", name="Aprobado por unanimidad").click()
    espera = hoja.get_by_text("Un momento: el portal sigue trabajando…")
    expect(espera).to_be_visible()
    detenidas[0].continue_()
    expect(hoja.locator(".votacion")).to_be_visible()
    expect(espera).to_have_count(0)


@pytest.fixture
def asistencia(como: Como, reparto: Reparto, sesion: m.Sesion) -> Page:
    """El pase de lista, con la salida de una persona anotada por error."""
    fila = sesion.asistencias.get(asiento=reparto.asientos["poder"])
    fila.retirar(hora=dt.time(10, 30), punto=sesion.puntos.en_arbol()[1])
    hoja = como("facilitadora").new_page()
    hoja.goto(sesion.paso_url("asistencia"))
    hoja.wait_for_load_state("networkidle")
    return hoja


def test_quitar_una_salida_se_confirma_y_la_lista_lo_muestra(asistencia: Page, sesion: m.Sesion) -> None:
    fila = asistencia.locator(".fila-asiento", has_text="Poder de Prueba")
    expect(fila).to_contain_text("se retiró")
    dialogo = abrir_dialogo(asistencia, "Quitar la salida de Lic. Beto Sosa Lira")
    expect(dialogo).to_contain_text("10:30 h, en «Asunto de prueba 2»")
    dialogo.get_by_role("button", name="Quitar la salida").click()
    expect(fila).not_to_contain_text("se retiró")
    assert not m.Movimiento.objects.exists()


def test_si_ya_se_voto_con_ella_dice_por_que_no(asistencia: Page, sesion: m.Sesion) -> None:
    m.Votacion.registrar(sesion.puntos.en_arbol()[1], asunto="El plan", forma="unanimidad")
    dialogo = abrir_dialogo(asistencia, "Quitar la salida de Lic. Beto Sosa Lira")
    dialogo.get_by_role("button", name="Quitar la salida").click()
    errores = asistencia.locator(".resumen-errores")
    expect(errores).to_contain_text("Ya se votó «El plan» contando con esa salida")
    expect(errores).to_be_focused()
    assert m.Movimiento.objects.count() == 1


def test_corregir_una_salida_cambia_desde_donde_cuenta(asistencia: Page, sesion: m.Sesion) -> None:
    asistencia.get_by_role("link", name=re.compile("^Corregir la salida")).click()
    asistencia.get_by_label("Cuenta desde el punto").select_option(label="I Asunto de prueba 1")
    asistencia.get_by_role("button", name="Guardar").click()
    expect(asistencia.locator("section:has(#t-mov)")).to_contain_text("se retira en «Asunto de prueba 1»")
    assert m.Movimiento.objects.get().punto == sesion.puntos.en_arbol()[0]
