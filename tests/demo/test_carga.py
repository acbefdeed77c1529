"""La orden `cargar_demo`: completa, idempotente, rápida la segunda vez y nunca en producción."""

import datetime as dt
import io
import time

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Model
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
def test_la_segunda_vez_no_cambia_nada_lo_dice_y_tarda_menos_de_tres_segundos() -> None:
    primera = orden()
    antes, comienzo = inventario(), time.process_time()
    segunda = orden()
    assert time.process_time() - comienzo < 3
    assert inventario() == antes
    assert SIN_CAMBIOS in segunda
    assert SIN_CAMBIOS not in primera


@pytest.mark.django_db
def test_la_primera_vez_dice_lo_que_cargo_y_quienes_pueden_entrar() -> None:
    dicho = orden()
    assert "46 municipios" in dicho
    assert "XVIII Sesión Ordinaria, 18 de enero de 2020: 14 puntos, 9 acuerdos" in dicho
    assert "XXI Sesión Ordinaria, 10 de julio de 2020: 14 puntos, 0 acuerdos" in dicho
    assert contrasena() in dicho
    assert all(persona.correo in dicho and persona.probar in dicho for persona in personas())


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
