"""Corregir y quitar llegadas y salidas por formularios comunes."""

import datetime as dt

import pytest
from django.test import Client

from sesiones import models as m
from sesiones.cierre import cerrar
from tests.fabricas import crear_en_curso
from tests.personas import Reparto

from .conftest import url


@pytest.fixture
def sesion(reparto: Reparto) -> m.Sesion:
    """En curso, con dos puntos."""
    return crear_en_curso(reparto, puntos=2)


@pytest.fixture
def salida(reparto: Reparto, sesion: m.Sesion) -> m.Movimiento:
    """La del asiento «poder», en el segundo punto."""
    fila = sesion.asistencias.get(asiento=reparto.asientos["poder"])
    fila.retirar(hora=dt.time(10, 30), punto=sesion.puntos.en_arbol()[1])
    return m.Movimiento.objects.get(asistencia=fila)


def test_se_ofrece_corregir_y_quitar_con_confirmacion(mesa: Client, salida: m.Movimiento) -> None:
    sesion = salida.asistencia.sesion
    pagina = mesa.get(url(sesion, "asistencia")).content.decode()
    assert url(sesion, "movimiento", salida.pk) in pagina
    assert "¿Quitar esta salida?" in pagina
    assert "Salida de Lic. Beto Sosa Lira, 10:30 h, en «Asunto de prueba 2»" in pagina
    respuesta = mesa.post(url(sesion, "quitar_movimiento", salida.pk))
    assert respuesta.status_code == 302
    assert not m.Movimiento.objects.exists()
    assert "Quitar una llegada o salida · Facilitadora de Prueba · salida de Lic. Beto Sosa Lira" in (
        mesa.get(url(sesion, "cierre")).content.decode()
    )


def test_corregir_la_hora_y_el_punto(mesa: Client, salida: m.Movimiento) -> None:
    sesion = salida.asistencia.sesion
    primero, _ = sesion.puntos.en_arbol()
    direccion = url(sesion, "movimiento", salida.pk)
    pagina = mesa.get(direccion)
    assert 'value="10:30"' in pagina.content.decode()
    assert mesa.post(direccion, {"hora": "10:15", "punto": primero.pk}).status_code == 302
    salida.refresh_from_db()
    assert (salida.hora, salida.punto) == (dt.time(10, 15), primero)
    respuesta = mesa.post(direccion, {"hora": "09:00", "punto": primero.pk})
    assert respuesta.status_code == 422
    assert "La sesión empezó a las 10:00" in respuesta.content.decode()


def test_si_ya_se_voto_se_dice_por_que_no(mesa: Client, salida: m.Movimiento) -> None:
    sesion = salida.asistencia.sesion
    m.Votacion.registrar(sesion.puntos.en_arbol()[1], asunto="El plan", forma="unanimidad")
    respuesta = mesa.post(url(sesion, "quitar_movimiento", salida.pk))
    assert respuesta.status_code == 422
    assert "Ya se votó «El plan» contando con esa salida" in respuesta.content.decode()
    assert m.Movimiento.objects.filter(pk=salida.pk).exists()


def test_con_la_sesion_cerrada_es_409(reparto: Reparto, mesa: Client, salida: m.Movimiento) -> None:
    sesion = salida.asistencia.sesion
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    assert mesa.post(url(sesion, "quitar_movimiento", salida.pk)).status_code == 409
    corregir = mesa.post(url(sesion, "movimiento", salida.pk), {"punto": salida.punto_id})
    assert corregir.status_code == 409


def test_el_de_otra_sesion_no_existe(reparto: Reparto, mesa: Client, salida: m.Movimiento) -> None:
    otra = crear_en_curso(reparto, tipo="extraordinaria")
    assert mesa.get(url(otra, "movimiento", salida.pk)).status_code == 404
    assert mesa.post(url(otra, "quitar_movimiento", salida.pk)).status_code == 404
    assert m.Movimiento.objects.count() == 1


def test_solo_se_ofrece_retirar_a_quien_sigue_presente(mesa: Client, salida: m.Movimiento) -> None:
    forma = mesa.get(url(salida.asistencia.sesion, "asistencia")).context["forma_salida"]
    nombres = [nombre for _, nombre in forma.fields["asistencia"].choices]
    assert nombres[0] == "Elige a la persona"
    assert "Mtra. Ana Ruiz Peña" in nombres
    assert salida.asistencia.formal not in nombres
