"""Cada página de los registros, con algo en cada uno, revisada con axe en teléfono y computadora."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from sesiones import models as m
from sesiones.cierre import cerrar
from sesiones.views.registros.catalogo import REGISTROS
from tests import fabricas
from tests.accesibilidad.revision import Esquema, de_turno, violaciones
from tests.cuentas.codigos import identificarse
from tests.personas import Reparto, crear_reparto

VISTAS: tuple[tuple[int, Esquema], ...] = ((360, "light"), (1280, "dark"))


@pytest.fixture
def poblado(transactional_db: None) -> Reparto:
    """El órgano con una sesión concluida, una por venir y algo en cada registro."""
    reparto = crear_reparto()
    organo, hoy = reparto.organo, timezone.localdate()
    fabricas.crear_suplencia(reparto)
    sesion = fabricas.crear_en_curso(reparto, puntos=2)
    acuerdo = m.Acuerdo.agregar(
        sesion.puntos.all()[0], texto="Difundir", plazo=("dos semanas", dt.date(2026, 4, 1))
    )
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    acuerdo.dar_seguimiento("en_proceso", "Se envió.", por=None, fecha=dt.date(2026, 4, 2), sesion=sesion)
    proxima = fabricas.crear_sesion(reparto, fecha=hoy + dt.timedelta(days=9))
    m.Sesion.objects.filter(pk=proxima.pk).update(estado="convocada")
    m.Calendario.objects.create(organo=organo, anio=2027).fechas.create(fecha=dt.date(2027, 1, 20))
    organo.plantilla.create(titulo="Bienvenida")
    organo.frases.create(nombre="Da cuenta", texto="Se da cuenta de")
    organo.citas.create(clave="quorum", texto="artículo 14")
    comision = m.Organo.objects.create(clave="prueba-datos", clase="comision", padre=organo)
    comision.denominaciones.create(nombre="Comisión de Datos", nombre_corto="Datos", siglas="CD")
    return reparto


def _propias(reparto: Reparto) -> Iterator[str]:
    asiento, clave = reparto.asientos["poder"], ("prueba",)
    yield from map(reverse, ("mi", "account_change_password", "account_logout"))
    yield from (reverse(f"registros:{n}", args=clave) for n in ("organo", "sesiones", "acuerdos"))
    yield from (reverse("registros:lista", args=("prueba", registro)) for registro in REGISTROS)
    yield from (reverse("registros:nuevo", args=("prueba", registro)) for registro in REGISTROS)
    yield reverse("registros:nuevo", args=("prueba", "suplencias")) + f"?asiento={asiento.pk}"
    yield reverse("registros:asiento", args=("prueba", asiento.pk))
    yield reverse("registros:calendario", args=("prueba", reparto.organo.calendarios.get().pk))
    yield reverse("registros:acuerdo", args=("prueba", m.Acuerdo.objects.get().pk))
    yield reverse("registros:ver", args=("prueba", "reglas", reparto.regla.pk))
    yield reverse("registros:editar", args=("prueba", "frases", reparto.organo.frases.get().pk))


def test_los_registros_son_accesibles(poblado: Reparto, live_server: LiveServer, navegador: Browser) -> None:
    pagina = navegador.new_context(base_url=live_server.url, bypass_csp=True).new_page()
    cliente = Client()
    identificarse(cliente, poblado.cuentas["administradora"])
    galleta = {"name": "sessionid", "value": cliente.cookies["sessionid"].value, "url": live_server.url}
    pagina.context.add_cookies([galleta])  # type: ignore[list-item]  # el tipo es un TypedDict con lo mismo
    defectos: list[str] = []
    for n, url in enumerate(_propias(poblado)):
        if vistas := de_turno(n, VISTAS):
            respuesta = pagina.goto(url)
            assert respuesta is not None
            assert respuesta.status == 200, url
            defectos += violaciones(pagina, url, vistas)
    pagina.context.close()
    assert defectos == []
