"""Ninguna violación de axe en ninguna página, clara y oscura, en teléfono y en escritorio.

La lista de páginas se comprueba contra las direcciones del portal: una página nueva que nadie
visite aquí hace fallar la prueba.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from sesiones.demo.elenco import contrasena
from stl_portal.cuentas.models import Usuario
from tests.accesibilidad.paginas import paginas
from tests.accesibilidad.revision import Esquema, de_turno, violaciones
from tests.permisos import leidos

VISTAS: tuple[tuple[int, Esquema], ...] = ((360, "light"), (1280, "dark"), (1280, "light"), (360, "dark"))
PARTES = 3  # para que el paseo lo hagan varios trabajadores a la vez
# Piden confirmar quién es antes de mostrarse: las recorre `test_axe_firma`.
DOS_PASOS = {
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_reauthenticate_webauthn",
}
# Direcciones que no son páginas: acciones POST, fragmentos, archivos, correos con ficha de un solo uso.
NO_SON_PAGINAS = {
    "salud",
    "listo",
    "metricas",
    "mapa_del_sitio",
    "parte_del_mapa",
    "robots",
    "datos:catalogo",
    "datos:archivo",
    "auditoria:exportar",
    "formatos:archivo",
    "datos:version",
    *leidos.NOMBRES,
    "static",
    "account_inactive",
    "mfa_login_webauthn",
    "account_reauthenticate",
    "account_signup",
    "account_set_password",
    "account_email",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mesa:sesion",
    "actas:previa",
    "actas:pagina_de_anexo",
    "actas:copia_de_anexo",
    "sesiones:anexo",
    "actas:publica_previa",
    "actas:acta_pdf",
    "actas:acta_json",
    "actas:acta_xml",
    "sesiones:acta_pdf",
    "sesiones:acta_json",
    "sesiones:acta_xml",
    "novedades:atom",
    "novedades:atom_de_organo",
    "sesiones:cita",
    "sesiones:convocatoria_pdf",
    "sesiones:compendio",
    "agenda:cita",
    "calendario:ics",
    "calendario:ics_de_organo",
    "actas:convocatoria_pdf",
    "ejes:informe_pdf",
    "ejes:informe_json",
    "ejes:reporte_pdf",
    "ejes:reporte_json",
    "ejes:novedades",
    "municipios:novedades",
    "municipios:ficha",
    "municipios:corte_json",
    "municipios:corte_csv",
    "municipios:corte_geojson",
    "municipios:totales_csv",
    "municipios:capacitaciones_csv",
    "municipios:metrica_csv",
    "informes:previa",
    "gestion_municipios:csv",
    "gestion_municipios:xlsx",
    "actas:certificacion",
    "cortes:previa",
    "traspaso:exportar_todo",
    "traspaso:exportar_csv",
    "traspaso:exportar_xlsx",
    "traspaso:resultado",
    "archivo:descargar",
    "archivo:miniatura",
    "archivo:subidas",
    "archivo:subida",
    "avisos:adjunto",
    "buzon:adjunto",
    "buzon:html",
    "gestion_avisos:html",
    "actas:parrafos",
    "registro:eslabon_json",
    "registro:contenido",
    "registro:prueba",
    "registro:ultimo_punto",
    "registro:punto",
    "registro:continuidad",
    "registro:clave",
    "registro:verificador",
    "verificar:comprobacion",
    "certamenes:acuse_pdf",
    "informe_anual:previa",
    "informes_anuales:pdf",
    "informes_anuales:json",
    *DOS_PASOS,
}


@pytest.mark.parametrize("parte", range(PARTES))
def test_ninguna_pagina_viola_axe(
    demostracion_servida: None, live_server: LiveServer, navegador: Browser, parte: int
) -> None:
    hallazgos: list[str] = []
    for quien, direcciones in paginas().items():
        page = entrar_como(quien, navegador, live_server.url)
        for n, direccion in enumerate(direcciones[parte::PARTES]):
            if vistas := de_turno(n, VISTAS):
                page.goto(live_server.url + direccion)
                page.locator("main").wait_for()
                hallazgos += violaciones(page, direccion, vistas)
        page.context.close()
    assert "\n".join(hallazgos) == ""


def entrar_como(quien: str, navegador: Browser, servidor: str) -> Page:
    """Una página abierta con esa cuenta de la demostración, o sin ninguna."""
    page = navegador.new_context(locale="es-MX", bypass_csp=True).new_page()
    if quien:
        page.goto(f"{servidor}/entrar/")
        page.fill("[name=login]", quien)
        page.fill("[name=password]", contrasena())
        page.click("main form:first-of-type button[type=submit]")
        if page.locator(".codigo-demo").count():
            page.fill("[name=code]", page.locator(".codigo-demo").inner_text())
            page.click("main form:first-of-type button[type=submit]")
        page.wait_for_url("**/mi/")
    return page


def nombres(patrones: list[URLPattern | URLResolver], espacio: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Todas las direcciones del portal con su nombre completo."""
    for patron in patrones:
        if isinstance(patron, URLResolver):
            prefijo = f"{espacio}{patron.namespace}:" if patron.namespace else espacio
            yield from nombres(
                patron.url_patterns, prefijo.split(":")[-2] + ":" if ":" in prefijo else prefijo
            )
        elif patron.name:
            yield f"{espacio}{patron.name}", patron


@pytest.mark.apariencia
def test_la_lista_visita_toda_pagina_del_portal(demostracion_servida: None, client: Client) -> None:
    visitadas = set()
    for direcciones in paginas().values():
        for direccion in direcciones:
            if direccion != "/no-existe/":
                encontrada = resolve(direccion.partition("?")[0])
                visitadas.add(f"{encontrada.namespace.split(':')[-1]}:{encontrada.url_name}".lstrip(":"))
    client.force_login(Usuario.objects.get(email="facilitadora@demo.example"))
    solo_post = {nombre for nombre, patron in nombres(get_resolver().url_patterns) if _solo_post(patron)}
    todas = {nombre for nombre, _ in nombres(get_resolver().url_patterns)}
    # Los registros son más de 600 con las mismas plantillas: de cada plantilla se visita una.
    todas = {nombre for nombre in todas if not nombre.startswith("admin:")}
    assert todas - visitadas - solo_post - NO_SON_PAGINAS == set()


def _solo_post(patron: URLPattern) -> bool:
    """Si la vista es una acción: `require_POST` la envuelve."""
    vista: Any = patron.callback
    while vista is not None:
        celdas = [c.cell_contents for c in (getattr(vista, "__closure__", None) or ())]
        if ["POST"] in celdas or ("POST",) in celdas:
            return True
        vista = getattr(vista, "__wrapped__", None)
    return False
