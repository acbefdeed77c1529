"""Los datos de la convocatoria en el navegador: se guardan solos y no se pisan."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sesiones import models as m
from tests.fabricas import crear_sesion
from tests.mesa_js.conftest import Portal
from tests.personas import Reparto

Como = Callable[[str], BrowserContext]
FORMA = 'form[action$="/convocatoria/datos/"]'
ESTADO = f"{FORMA} [data-estado]"
GUARDADO = re.compile(r"^Guardado hace \d+ s$")


@pytest.fixture
def programada(reparto: Reparto) -> m.Sesion:
    """Una sesión que aún no se convoca."""
    return crear_sesion(reparto)


@pytest.fixture
def abrir(como: Como, programada: m.Sesion) -> Callable[..., Page]:
    """El paso «Convocatoria», abierto por la persona del papel."""

    def pagina(papel: str = "facilitadora") -> Page:
        hoja = como(papel).new_page()
        hoja.goto(programada.paso_url("convocatoria"))
        hoja.wait_for_load_state("networkidle")
        return hoja

    return pagina


def lugar_guardado(sesion: m.Sesion) -> str:
    return m.Sesion.objects.get(pk=sesion.pk).lugar


def test_se_guardan_solos_y_la_pagina_lo_refleja(abrir: Callable[..., Page], programada: m.Sesion) -> None:
    hoja = abrir()
    hoja.get_by_label("Sede o plataforma").fill("Auditorio Municipal")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=5_000)
    expect(hoja.locator("#datos-de-arriba")).to_contain_text("Auditorio Municipal")
    hoja.get_by_label("Modalidad").select_option("hibrida")
    hoja.get_by_label("Fecha", exact=True).fill("2026-04-15")
    expect(hoja.locator("#datos-de-arriba")).to_contain_text("15 de abril de 2026", timeout=5_000)
    programada.refresh_from_db()
    assert (programada.lugar, programada.modalidad, str(programada.fecha)) == (
        "Auditorio Municipal",
        "hibrida",
        "2026-04-15",
    )


def test_el_boton_no_guarda_dos_veces(abrir: Callable[..., Page], programada: m.Sesion) -> None:
    hoja = abrir()
    hoja.get_by_label("Sede o plataforma").fill("Biblioteca")
    hoja.get_by_role("button", name="Guardar los datos").click()
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO)
    hoja.wait_for_timeout(1_500)
    programada.refresh_from_db()
    assert (programada.lugar, programada.version) == ("Biblioteca", 2)


def test_lo_que_no_se_admite_se_dice_y_corregido_se_guarda(
    abrir: Callable[..., Page], programada: m.Sesion
) -> None:
    hoja = abrir()
    hoja.get_by_label("Sede o plataforma").fill("")
    expect(hoja.locator(ESTADO)).to_have_text("Sede o plataforma: Este campo es obligatorio.", timeout=5_000)
    hoja.get_by_label("Sede o plataforma").fill("Sala nueva")
    expect(hoja.locator(ESTADO)).to_have_text(GUARDADO, timeout=5_000)
    assert lugar_guardado(programada) == "Sala nueva"


def test_dos_personas_eligen_dato_por_dato(abrir: Callable[..., Page], programada: m.Sesion) -> None:
    ana, beto = abrir("facilitadora"), abrir("administradora")
    beto.get_by_label("Sede o plataforma").fill("La sede de Beto")
    beto.get_by_label("Hora de inicio").fill("12:30")
    expect(beto.locator(ESTADO)).to_have_text(GUARDADO, timeout=5_000)
    ana.get_by_label("Sede o plataforma").fill("La sede de Ana")
    panel = ana.locator(".conflicto")
    expect(panel).to_contain_text("Administradora de Prueba guardó cambios", timeout=5_000)
    assert lugar_guardado(programada) == "La sede de Beto"
    # Lo que Ana cambió viene elegido como suyo; lo que no tocó, como está guardado.
    expect(panel.get_by_label("Lo tuyo: La sede de Ana")).to_be_checked()
    expect(panel.get_by_label("Lo guardado: 12:30")).to_be_checked()
    panel.get_by_role("button", name="Guardar lo elegido").click()
    expect(ana.locator(ESTADO)).to_have_text(GUARDADO, timeout=5_000)
    programada.refresh_from_db()
    assert (programada.lugar, f"{programada.hora:%H:%M}") == ("La sede de Ana", "12:30")


def test_con_el_portal_apagado_se_ofrecen_al_volver(
    abrir: Callable[..., Page], portal: Portal, programada: m.Sesion
) -> None:
    hoja = abrir()
    portal.apagar()
    hoja.get_by_label("Sede o plataforma").fill("Sede sin enviar")
    expect(hoja.locator(ESTADO)).to_contain_text("a salvo en este equipo", timeout=8_000)
    contexto = hoja.context
    hoja.close()
    portal.encender()
    otra = contexto.new_page()
    otra.goto(programada.paso_url("convocatoria"))
    expect(otra.get_by_label("Sede o plataforma")).to_have_value("Sala de prueba")
    otra.get_by_role("button", name="Recuperarlo").click()
    expect(otra.locator(ESTADO)).to_have_text(GUARDADO, timeout=5_000)
    assert lugar_guardado(programada) == "Sede sin enviar"
