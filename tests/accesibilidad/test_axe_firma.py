"""Activar el segundo paso y firmar, página por página: ninguna violación de axe en ningún estado."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from sesiones.demo.carga import cargar
from sesiones.demo.elenco import contrasena
from tests.accesibilidad.revision import Esquema, violaciones
from tests.cuentas.codigos import codigo

QUIEN = "integrante@demo.example"
VISTAS: tuple[tuple[int, Esquema], ...] = ((360, "light"), (1280, "dark"))
MANERAS = ("Firma simple, con tu contraseña", "Firma avanzada, con tu e.firma", "No firmo")


@pytest.mark.django_db(transaction=True)
def test_activar_y_firmar_no_violan_axe(live_server: LiveServer, navegador: Browser) -> None:
    cargar(lambda _: None)
    cache.clear()
    por_firmar = m.Sesion.objects.get(organo__clave="demo", actas__estado="por_firmar")
    contexto = navegador.new_context(locale="es-MX", bypass_csp=True, base_url=live_server.url)
    pagina = contexto.new_page()
    firma = f"/mesa/demo/{por_firmar.clave}/acta/firma/"
    hallazgos = [*_activar(pagina, firma), *_firmar(pagina), *_cambiar(pagina), *_volver_a_entrar(pagina)]
    contexto.close()
    assert "\n".join(hallazgos) == ""


def _activar(pagina: Page, firma: str) -> Iterator[str]:
    """Desde la hoja de firmas hasta los códigos de recuperación, y de regreso."""
    pagina.goto(f"/entrar/?next={firma}")
    pagina.fill("[name=login]", QUIEN)
    pagina.fill("[name=password]", contrasena())
    pagina.click("main button[type=submit]")
    pagina.get_by_text(MANERAS[0]).click()
    yield from violaciones(pagina, "firmar sin segundo paso", VISTAS)
    pagina.get_by_role("link", name="Activar la verificación").click()
    pagina.fill("[name=password]", contrasena())
    yield from violaciones(pagina, "confirmar quién es", VISTAS)
    pagina.get_by_role("button", name="Confirmar").click()
    pagina.get_by_text("No puedo usar la cámara").click()
    yield from violaciones(pagina, "activar", VISTAS)
    secreto = pagina.locator(".clave-larga").inner_text()
    pagina.fill("[name=code]", codigo(secreto))
    pagina.get_by_role("button", name="Activar").click()
    pagina.get_by_text("Guárdalos ahora").wait_for()
    yield from violaciones(pagina, "códigos de recuperación", VISTAS)
    pagina.get_by_role("link", name="Ya los guardé").click()


def _firmar(pagina: Page) -> Iterator[str]:
    """Cada manera de responder, abierta; y un rechazo."""
    for manera in MANERAS:
        pagina.get_by_text(manera, exact=manera == "No firmo").click()
        yield from violaciones(pagina, f"firmar: {manera}", VISTAS)
    pagina.get_by_text(MANERAS[0]).click()
    pagina.get_by_label("Contraseña", exact=True).fill("no es esta")
    pagina.get_by_label("Código", exact=True).fill("000000")
    pagina.get_by_role("button", name="Firmar con firma simple").click()
    pagina.get_by_text("No se guardó").wait_for()
    yield from violaciones(pagina, "firmar: rechazado", VISTAS)


def _cambiar(pagina: Page) -> Iterator[str]:
    """Las páginas del segundo paso ya activo."""
    for direccion in ("", "codigos/", "codigos/nuevos/", "desactivar/"):
        pagina.goto(f"/cuenta/dos-pasos/{direccion}")
        yield from violaciones(pagina, f"dos pasos: {direccion}", VISTAS)


def _volver_a_entrar(pagina: Page) -> Iterator[str]:
    """La puerta, con su segundo paso."""
    pagina.context.clear_cookies()
    pagina.goto("/entrar/")
    pagina.fill("[name=login]", QUIEN)
    pagina.fill("[name=password]", contrasena())
    pagina.click("main button[type=submit]")
    pagina.get_by_label("Código").wait_for()
    yield from violaciones(pagina, "escribe tu código", VISTAS)
