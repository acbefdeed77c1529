"""Cada paso de la mesa hace las mismas consultas con un renglón que con muchos."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import models as m
from sesiones.estados import FormaVoto
from tests.fabricas import crear_en_curso, crear_punto, votos
from tests.personas import DESDE, Reparto

from .conftest import url

CONSULTAS = {"convocatoria": 13, "asistencia": 33, "orden": 11, "punto": 37, "cierre": 38}


def llenar(reparto: Reparto, sesion: m.Sesion, cuantos: int) -> m.Punto:
    """Deja un punto con varias cosas de cada clase y la sesión con otros tantos puntos y asientos."""
    punto = crear_punto(sesion, "El punto lleno")
    for n in range(cuantos):
        otro = crear_punto(sesion, f"Otro {n}", padre=punto)
        m.Intervencion.agregar(punto, quien=f"Persona {n}", texto="dijo algo.")
        acuerdo = m.Acuerdo.agregar(punto, texto=f"Acuerdo {n}", plazo=("diez días", sesion.fecha))
        sesion.anexos.create(punto=punto, titulo=f"Anexo {n}")
        m.Asistencia.invitar(sesion, nombre=f"Invitada {n}")
        sesion.asistencias.get(asiento=reparto.asientos["civil"]).movimientos.create(
            tipo="llegada", punto=otro
        )
        m.Firmante.agregar(sesion, nombre=f"Firma {n}", explicacion="Estuvo al cierre.")
        nominal = votos(punto, reparto, poder="a_favor", academia="en_contra")
        m.Votacion.registrar(punto, asunto=f"V{n}", forma=FormaVoto.NOMINAL, nominal=nominal, acuerdo=acuerdo)
        m.Oficio.objects.create(
            organo=sesion.organo, folio=f"OF-{sesion.tipo}-{n}", asunto="x", remitente="y"
        ).puntos.add(punto)
        otro.resolver("presentado")
    for n in range(cuantos):  # al final: un asiento más cambia la base del quórum
        institucion = m.Institucion.objects.create(nombre=f"Institución {sesion.tipo} {n}", sector="academia")
        persona = m.Persona.objects.create(nombre=f"Titular {n}")
        asiento = m.Asiento.objects.create(organo=sesion.organo, institucion=institucion, orden=50 + n)
        m.Nombramiento.objects.create(asiento=asiento, persona=persona, cargo="X", vigente_desde=DESDE)
    return punto


def contar(mesa: Client, sesion: m.Sesion, paso: str, punto: m.Punto) -> int:
    """Consultas de una visita al paso."""
    direccion = url(sesion, paso, punto.pk) if paso == "punto" else url(sesion, paso)
    mesa.get(direccion)
    with CaptureQueriesContext(connection) as consultas:
        assert mesa.get(direccion).status_code == 200
    return len(consultas)


@pytest.mark.parametrize("paso", CONSULTAS)
def test_las_consultas_no_crecen(reparto: Reparto, mesa: Client, paso: str) -> None:
    sesion, otra = crear_en_curso(reparto), crear_en_curso(reparto, tipo="extraordinaria")
    punto = llenar(reparto, sesion, 1)
    con_uno = contar(mesa, sesion, paso, punto)
    lleno = llenar(reparto, otra, 9)
    assert (con_uno, contar(mesa, otra, paso, lleno)) == (CONSULTAS[paso], CONSULTAS[paso])


@pytest.mark.parametrize("puntos", [1, 9])
def test_el_autoguardado_hace_cinco_consultas(reparto: Reparto, mesa: Client, puntos: int) -> None:
    """La sesión de la cuenta, la cuenta, el punto con su sesión y órgano, el permiso y el guardado."""
    sesion = crear_en_curso(reparto)
    punto = llenar(reparto, sesion, puntos)
    with CaptureQueriesContext(connection) as consultas:
        respuesta = mesa.post(
            url(sesion, "texto", punto.pk),
            {"desahogo": "Se expuso el avance.", "version": punto.version},
            headers={"X-Autoguardado": "1"},
        )
    assert (respuesta.json(), len(consultas)) == ({"version": punto.version + 1}, 5)
