"""De la página del compromiso al buzón y de vuelta: preguntar, confirmar, moderar, responder y leer."""

import re
from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from stl_portal.cuentas.models import Usuario
from stl_portal.participacion import sello_de_tiempo
from stl_portal.participacion.models import Pregunta
from tests.cuentas.codigos import codigo, dar_telefono
from tests.participacion.conftest import crear_plan
from tests.personas import CLAVE, crear_reparto

VECINA = "vecina@prueba.example"
TEXTO = "¿Cuándo se publican los datos de <b>obras</b>?"


def ultima_liga(para: str, que: str) -> str:
    """La liga de esa clase en el último correo que le llegó."""
    cuerpo = str([c for c in mail.outbox if c.to == [para]][-1].body)
    return re.findall(rf"http\S+/{que}\S*", cuerpo)[0]


def adentro(navegador: Browser, raiz: str, cuenta: Usuario, **contexto: Any) -> Page:
    """Una página abierta con esa cuenta, con su segundo paso."""
    secreto = dar_telefono(cuenta)
    page = navegador.new_context(locale="es-MX", **contexto).new_page()
    page.goto(f"{raiz}/entrar/")
    page.fill("[name=login]", cuenta.email)
    page.fill("[name=password]", CLAVE)
    page.click("main form:first-of-type button[type=submit]")
    page.fill("[name=code]", codigo(secreto))
    page.get_by_role("button", name="Entrar", exact=True).click()
    page.wait_for_url("**/mi/")
    return page


def de_tamano(ancho: int, con_programas: bool) -> dict[str, Any]:
    """Cómo es la pantalla y si el navegador corre programas."""
    return {"java_script_enabled": con_programas, "viewport": {"width": ancho, "height": 800}}


def preguntar(page: Page, raiz: str, con_programas: bool) -> None:
    """Desde el compromiso, sin cuenta; primero se le olvida el correo."""
    page.goto(f"{raiz}/plan/prueba/compromiso/1.1/")
    page.get_by_role("link", name="Preguntar o comentar").click()
    page.get_by_label("Tu pregunta o comentario").fill(TEXTO)
    contador = page.locator(".contador")
    if con_programas:
        expect(contador).to_have_text("Quedan 1,454 caracteres")
    else:
        expect(contador).to_have_count(0)
        expect(page.get_by_text("Hasta 1,500 caracteres")).to_be_visible()
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("alert")).to_contain_text("escribe tu correo")
    expect(page.get_by_label("Tu pregunta o comentario")).to_have_value(TEXTO)
    page.get_by_label("Tu correo").fill(VECINA)
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Falta un paso: revisa tu correo")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("con_programas", "ancho"), [(True, 1280), (False, 360)])
def test_preguntar_confirmar_moderar_responder_y_leer(
    live_server: LiveServer,
    navegador: Browser,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    con_programas: bool,
    ancho: int,
) -> None:
    settings.SITIO = live_server.url
    monkeypatch.setattr(sello_de_tiempo, "MINIMO", sello_de_tiempo.dt.timedelta(0))
    reparto = crear_reparto()
    crear_plan(reparto)
    vista = de_tamano(ancho, con_programas)
    page = navegador.new_context(locale="es-MX", **vista).new_page()
    titulo = page.get_by_role("heading", level=1)
    preguntar(page, live_server.url, con_programas)

    page.goto(ultima_liga(VECINA, "preguntas/confirmar"))
    page.reload()  # quien revisa el correo la abre antes: abrirla no confirma
    expect(titulo).to_have_text("Confirma lo que escribiste")
    page.get_by_role("button", name="Confirmar").click()
    expect(titulo).to_have_text("Listo: ya lo tiene quien lo revisa")

    colega = adentro(navegador, live_server.url, reparto.cuentas["colega"], **vista)
    colega.get_by_role("link", name=re.compile("^Moderar")).click()
    colega.get_by_role("link", name=re.compile(r"^Pregunta \d{4}-0001$")).click()
    expect(colega.get_by_text(TEXTO)).to_be_visible()
    colega.get_by_role("button", name="Publicar").click()
    expect(colega.get_by_text("Ya es pública.")).to_be_visible()

    titular = adentro(navegador, live_server.url, reparto.cuentas["integrante"], **vista)
    titular.goto(ultima_liga(reparto.personas["civil"].correo, "gestion/preguntas"))
    titular.get_by_label("Tu respuesta").fill("Se publican **el lunes**.")
    titular.get_by_role("button", name="Publicar la respuesta").click()
    expect(titular.get_by_text("Tu respuesta ya es pública.")).to_be_visible()

    page.goto(ultima_liga(VECINA, r"preguntas/\d{4}"))
    expect(page.get_by_text("Responde C. Darío Vega Cruz")).to_be_visible()
    expect(page.get_by_role("strong").filter(has_text="el lunes")).to_be_visible()
    page.goto(f"{live_server.url}/plan/prueba/compromiso/1.1/")
    expect(page.get_by_role("region", name="Preguntas y respuestas")).to_contain_text("<b>obras</b>")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Pregunta.objects.get().estado == "respondida"


@pytest.mark.apariencia
@pytest.mark.django_db(transaction=True)
def test_el_contador_cuenta_y_el_campo_trampa_no_se_alcanza(
    live_server: LiveServer, navegador: Browser
) -> None:
    crear_plan(crear_reparto())
    page = navegador.new_context(locale="es-MX", viewport={"width": 360, "height": 700}).new_page()
    page.goto(f"{live_server.url}/preguntas/compromiso/prueba/1.1/nueva/")
    texto, contador = page.get_by_label("Tu pregunta o comentario"), page.locator(".contador")
    for escrito, dicho in (
        ("a" * 1499, "Queda 1 carácter"),
        ("a" * 1510, "Sobran 10 caracteres"),
        ("a\nb  ", "Quedan 1,497 caracteres"),
    ):
        texto.fill(escrito)
        expect(contador).to_have_text(dicho)
    expect(page.get_by_role("textbox", name="Deja este campo vacío")).to_have_count(0)
    texto.focus()
    vistos = []
    for _ in range(4):
        page.keyboard.press("Tab")
        vistos.append(page.evaluate("document.activeElement.name || document.activeElement.tagName"))
    assert vistos == ["nombre", "correo", "SUMMARY", "A"]
