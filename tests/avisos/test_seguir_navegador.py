"""De la página del órgano al buzón y de vuelta: seguirlo, recibir su acta y dejarlo, sin cuenta."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from sesiones import publicar
from stl_portal.avisos.models import Aviso, Suscripcion
from tests.personas import crear_reparto
from tests.vida.conftest import JUEVES
from tests.vida.momentos import firmada

VECINA = "vecina@prueba.example"


def ultima_liga(que: str) -> str:
    """La liga de esa clase en el último correo que le llegó."""
    cuerpo = str([c for c in mail.outbox if c.to == [VECINA]][-1].body)
    return re.findall(rf"http\S+/{que}\S*", cuerpo)[0]


def pedir(page: Page, raiz: str) -> None:
    """Llega por la página del órgano, que ya trae elegido qué seguir, y solo escribe su correo."""
    page.goto(f"{raiz}/sesiones/prueba/")
    page.get_by_role("main").get_by_role("link", name="Seguir a este órgano por correo").click()
    actas, citas = page.get_by_role("checkbox", name="Secretariado Técnico de Prueba prueba").all()
    expect(actas).to_be_checked()
    expect(citas).to_be_checked()
    citas.uncheck()  # quiere las actas y no las convocatorias
    page.get_by_label("Tu correo").fill(VECINA)
    page.get_by_role("button", name="Seguir").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Revisa tu correo")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("con_programas", [True, False])
def test_seguir_recibir_y_dejarlo(
    live_server: LiveServer, navegador: Browser, settings: Settings, con_programas: bool
) -> None:
    settings.SITIO = live_server.url
    cache.clear()
    reparto = crear_reparto()
    sello = firmada(reparto)
    mail.outbox.clear()
    contexto = navegador.new_context(locale="es-MX", java_script_enabled=con_programas)
    page = contexto.new_page()
    titulo = page.get_by_role("heading", level=1)

    pedir(page, live_server.url)
    liga = ultima_liga("seguir/confirmar")
    page.goto(liga)
    page.goto(liga)  # quien revisa el correo la abre antes: abrirla no confirma
    expect(titulo).to_have_text("Confirma lo que quieres seguir")
    assert not Suscripcion.objects.filter(confirmada_el__isnull=False).exists()
    page.get_by_role("button", name="Confirmar").click()
    expect(titulo).to_have_text("Listo: ya lo sigues")

    publicar.publicar(sello.acta, reparto.cuentas["facilitadora"], JUEVES)
    assert [c.subject for c in mail.outbox if c.to == [VECINA]][1:] == [
        "Acta publicada: I Sesión Ordinaria · Secretariado"
    ]
    page.goto(ultima_liga("sesiones/"))
    expect(titulo).to_contain_text("Acta")

    page.goto(ultima_liga("seguir/baja"))
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(1)
    page.get_by_role("button", name="Dejar de seguir").click()
    expect(titulo).to_have_text("Ya no lo sigues")
    assert not Suscripcion.objects.exists()
    assert not Aviso.objects.filter(para=VECINA).exists()
    contexto.close()
