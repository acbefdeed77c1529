"""La mesa se opera solo con el teclado: ni un clic, de entrar a cerrar la sesión."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from sesiones.estados import EstadoSesion, Resultado
from stl_portal.cuentas.models import Usuario
from tests.cuentas.codigos import codigo, dar_telefono
from tests.fabricas import crear_punto, crear_sesion
from tests.personas import CLAVE, crear_reparto

TOPE = 150  # tabulaciones antes de declarar que algo no se alcanza


def tabular(page: Page, selector: str) -> None:
    """Avanza con Tab hasta que el foco esté en el elemento, y exige que el foco se vea."""
    for _ in range(TOPE):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            contorno = page.evaluate(
                "() => [document.activeElement, document.activeElement.closest('.editor')].some(e => e &&"
                " (getComputedStyle(e).outlineStyle !== 'none' || getComputedStyle(e).boxShadow !== 'none'))"
            )
            assert contorno, f"El foco no se ve en {selector}"
            return
    raise AssertionError(f"No se llega con el teclado a {selector}")


def accionar(page: Page, selector: str, tecla: str = "Enter") -> None:
    """Llega al control y lo acciona; la mesa se vuelve a pintar."""
    tabular(page, selector)
    page.evaluate("document.querySelector('#mesa')?.setAttribute('data-viejo', '1')")
    page.keyboard.press(tecla)
    page.locator("#mesa:not([data-viejo])").wait_for()


def entrar(page: Page, raiz: str, cuenta: Usuario, destino: str) -> None:
    """Entra sin ratón, con su segundo paso, y llega a donde iba."""
    secreto = dar_telefono(cuenta)
    page.goto(f"{raiz}/entrar/?next={destino}")
    tabular(page, "[name=login]")
    page.keyboard.type(cuenta.email)
    page.keyboard.press("Tab")
    page.keyboard.type(CLAVE)
    page.keyboard.press("Enter")
    page.get_by_label("Código").wait_for()
    tabular(page, "[name=code]")
    page.keyboard.type(codigo(secreto))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{raiz}{destino}")


def desahogar(page: Page) -> None:
    """Escribe nombrando a alguien con «@», vota y acuerda."""
    tabular(page, "#desahogo")
    page.keyboard.type("Expone ")
    page.keyboard.type("@")
    page.locator("[role=listbox] [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    with page.expect_response(lambda r: r.url.endswith("/texto/") and r.ok):
        page.keyboard.type(" el asunto.")
    accionar(page, "button[name=forma][value=unanimidad]")
    tabular(page, "section:has(#acuerdos) details summary")
    page.keyboard.press("Enter")
    tabular(page, "#forma_acuerdo_texto")
    page.keyboard.type("Se acuerda por teclado.")
    accionar(page, "section:has(#acuerdos) form button.boton--secundario")


@pytest.mark.django_db(transaction=True)
def test_una_sesion_completa_sin_raton(live_server: LiveServer, navegador: Browser) -> None:
    reparto = crear_reparto()
    sesion = crear_sesion(reparto)
    punto = crear_punto(sesion, "Asunto por teclado")
    mesa = f"{live_server.url}/mesa/prueba/{sesion.clave}"
    contexto = navegador.new_context(locale="es-MX", viewport={"width": 1280, "height": 900})
    page = contexto.new_page()
    ruta = f"/mesa/prueba/{sesion.clave}/asistencia/"
    entrar(page, live_server.url, reparto.cuentas["facilitadora"], ruta)

    for nombre in ("presidencia", "poder", "academia", "civil", "facilitadora"):
        asiento = reparto.asientos[nombre]
        titular = asiento.titular(sesion.fecha)
        assert titular is not None
        accionar(page, f"#asiento-{asiento.pk} button[value=t{titular.pk}]")
    expect(page.locator(".linea-quorum")).to_contain_text("hay quórum")
    accionar(page, "button[name=verbo][value=hay]")

    page.goto(f"{mesa}/desahogo/{punto.pk}/")
    desahogar(page)

    page.goto(f"{mesa}/cierre/")
    tabular(page, "#forma_cierre_cierre")
    page.keyboard.type("1130AM")
    accionar(page, "section:has(#cerrar) button")
    contexto.close()

    sesion.refresh_from_db()
    punto.refresh_from_db()
    assert (sesion.estado, str(sesion.cierre)) == (EstadoSesion.CONCLUIDA, "11:30:00")
    assert punto.resultado == Resultado.UNANIMIDAD
    assert punto.desahogo == "Expone Mtra. Ana Ruiz Peña el asunto."
    assert [a.texto for a in m.Acuerdo.objects.all()] == ["Se acuerda por teclado."]
