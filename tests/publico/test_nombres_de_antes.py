"""Un órgano que cambió de nombre: las listas dicen el de hoy y lo de entonces, el de entonces «(hoy …)»."""

import datetime as dt

import pytest
from django.test import Client

from sesiones import models as m
from sesiones.cierre import cerrar
from tests import fabricas
from tests.personas import Reparto

pytestmark = pytest.mark.apariencia
ANTES, HOY = "Secretariado de Gobierno Abierto", "Secretariado de Estado Abierto"
CAMBIO = dt.date(2026, 6, 1)


@pytest.fixture
def acuerdo(reparto: Reparto) -> m.Acuerdo:
    """De una sesión de marzo, cuando el órgano se llamaba de otro modo."""
    reparto.organo.denominaciones.update(nombre=ANTES, nombre_corto=ANTES, vigente_hasta=CAMBIO)
    reparto.organo.denominaciones.create(
        nombre=HOY, nombre_corto=HOY, siglas="SEA", vigente_desde=CAMBIO + dt.timedelta(days=1)
    )
    sesion = fabricas.crear_en_curso(reparto)
    uno = m.Acuerdo.agregar(sesion.puntos.get(), texto="Difundir")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    return uno


def test_lo_de_entonces_dice_como_se_llama_hoy_y_las_listas_solo_eso(
    client: Client, acuerdo: m.Acuerdo
) -> None:
    sesion = acuerdo.sesion
    integrantes = "/integrantes/prueba/"
    paginas = (sesion.get_absolute_url(), acuerdo.get_absolute_url(), f"{integrantes}?al=2026-03-18")
    for de_entonces in paginas:
        assert f"{ANTES} (hoy {HOY})" in client.get(de_entonces).content.decode(), de_entonces
    for de_hoy in ("/sesiones/", "/acuerdos/", "/sesiones/prueba/", f"{integrantes}?al=2026-07-01"):
        pagina = client.get(de_hoy).content.decode().partition("<main")[2]
        assert (HOY in pagina, ANTES in pagina, "(hoy " in pagina) == (True, False, False), de_hoy
    # Sin fecha se dice lo último que consta, que es de aquella sesión.
    assert f"Integrantes del {ANTES} (hoy {HOY})" in client.get("/integrantes/").content.decode()


def test_la_base_nombra_a_cada_organo_igual_que_la_fila(reparto: Reparto) -> None:
    reparto.organo.denominaciones.update(nombre_corto=ANTES, vigente_desde=None, vigente_hasta=CAMBIO)
    despues = CAMBIO + dt.timedelta(days=30)
    reparto.organo.denominaciones.create(nombre=HOY, nombre_corto=HOY, siglas="SEA", vigente_desde=despues)
    for al in (dt.date.min, CAMBIO, CAMBIO + dt.timedelta(days=1), despues):
        [dicho] = m.Organo.objects.con_nombre_corto(al).values_list("nombre_corto", flat=True)
        assert dicho == reparto.organo.denominacion(al).nombre_corto, al
