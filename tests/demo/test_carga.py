"""La orden `cargar_demo`: completa, idempotente, breve la segunda vez y nunca en producción."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from municipios.models import Municipio
from sesiones import models
from sesiones.demo import carga, contrasena, personas
from sesiones.demo.presentacion import SIN_CAMBIOS
from sesiones.estados import EstadoSesion

DE_SESIONES = [getattr(models, nombre) for nombre in models.__all__]
CONTADOS = [uno for uno in DE_SESIONES if issubclass(uno, Model)]  # los demás son vocabulario


def orden() -> str:
    salida = io.StringIO()
    call_command("cargar_demo", stdout=salida)
    return salida.getvalue()


def inventario() -> dict[type[Model], int]:
    return {modelo: modelo.objects.count() for modelo in [*CONTADOS, Municipio]}


@pytest.mark.django_db
def test_la_primera_vez_dice_lo_que_cargo_y_la_segunda_que_ya_estaba() -> None:
    primera = orden()
    assert "46 municipios" in primera
    assert "XVIII Sesión Ordinaria, 18 de enero de 2020: 14 puntos, 9 acuerdos" in primera
    assert "XXI Sesión Ordinaria, 10 de julio de 2020: 14 puntos, 0 acuerdos" in primera
    assert contrasena() in primera
    assert all(persona.correo in primera and persona.probar in primera for persona in personas())
    assert SIN_CAMBIOS not in primera
    antes = inventario()
    with CaptureQueriesContext(connection) as de_la_segunda:
        segunda = orden()
    assert inventario() == antes
    assert SIN_CAMBIOS in segunda
    assert len(de_la_segunda) < 60  # mira si ya está; cargar hace más de nueve mil consultas


@pytest.mark.django_db
def test_en_produccion_se_niega_y_no_escribe_nada(settings: Settings) -> None:
    settings.PRODUCCION = True
    with pytest.raises(CommandError, match="no se carga en producción"):
        orden()
    assert set(inventario().values()) == {0}


@pytest.mark.django_db
def test_siempre_hay_una_sesion_ficticia_por_celebrarse() -> None:
    hoy = dt.date(2031, 5, 2)
    carga.cargar(lambda _: None, hoy)
    proxima = models.Sesion.objects.get(organo__clave="demo", estado=EstadoSesion.CONVOCADA)
    assert (proxima.numero, proxima.fecha) == (4, dt.date(2031, 5, 12))  # el 10 es sábado
    proxima.cancelar(None, motivo="Prueba")
    carga.cargar(lambda _: None, hoy)
    assert models.Sesion.objects.filter(organo__clave="demo", estado=EstadoSesion.CONVOCADA).get().numero == 5
