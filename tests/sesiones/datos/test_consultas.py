"""Las mismas consultas con una sesión que con muchas: ninguna se hace por fila."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sesiones import models as m
from stl_portal.datos.registro import CONJUNTOS
from tests import fabricas
from tests.datos.api.lector import RAIZ
from tests.personas import Reparto, crear_reparto
from tests.sesiones.datos.mundo import concluida, dar_seguimiento, publicar_acta

# Los objetos, lo que llevan dentro y lo testado de sus actas; de las asistencias, esto solo si lo hay.
CONSULTAS = {
    "organos": 2,
    "integrantes": 4,
    "sesiones": 4,
    "asistencias": 2,
    "votaciones": 3,
    "votos": 2,
    "acuerdos": 4,
}


def _llenar(reparto: Reparto) -> None:
    todo = concluida(reparto)
    dar_seguimiento(todo.acuerdo)
    publicar_acta(todo.sesion)
    m.Sesion.objects.filter(lugar="Sede secreta").update(lugar="Otra sede secreta")


@pytest.mark.parametrize("clave", CONSULTAS)
def test_las_mismas_con_uno_que_con_muchos(client: Client, reparto: Reparto, clave: str) -> None:
    _llenar(reparto)
    conjunto = CONJUNTOS[clave]
    with CaptureQueriesContext(connection) as con_una:
        pocas = len(list(conjunto.todas()))
    for numero in range(4):
        _llenar(crear_reparto(f"otro-{numero}"))
    with CaptureQueriesContext(connection) as con_muchas:
        muchas = len(list(conjunto.todas()))
    assert muchas == 5 * pocas
    assert (len(con_una), len(con_muchas)) == (CONSULTAS[clave], CONSULTAS[clave])


def test_una_pagina_de_la_interfaz_cuesta_lo_mismo_la_primera_que_la_ultima(
    client: Client, reparto: Reparto
) -> None:
    sesion = fabricas.crear_en_curso(reparto)
    for numero in range(30):
        m.Acuerdo.agregar(
            sesion.puntos.get(), texto=f"Acuerdo {numero}", plazo=("pronto", dt.date(2026, 4, 1))
        )
    m.Sesion.objects.filter(pk=sesion.pk).update(estado="concluida")
    direccion, cuentas = f"{RAIZ}acuerdos/?limite=10", []
    while direccion:
        with CaptureQueriesContext(connection) as hechas:
            pagina = client.get(direccion).json()
        cuentas.append(len(hechas))
        direccion = pagina["siguiente_url"]
    assert cuentas == [4, 4, 4]


def test_las_asistencias_se_recorren_por_su_clave_sin_ordenarlas_en_cada_lote(db: None) -> None:
    consulta = CONJUNTOS["asistencias"].publicado().order_by("pk").filter(pk__gt=1)
    assert "TEMP B-TREE" not in consulta.explain()
