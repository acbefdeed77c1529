"""El acta cuesta lo mismo a la base con un renglón que con muchos."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from sesiones import models as m
from sesiones.acta import edicion, imprenta
from tests.acta.sesion import cerrar, crear_sesion_llena
from tests.personas import Reparto, crear_reparto

CONSULTAS = 28


@pytest.mark.parametrize("renglones", [1, 6])
def test_las_mismas_consultas_con_uno_y_con_muchos_renglones(
    reparto: Reparto, renglones: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    llena = crear_sesion_llena(reparto, renglones)
    cerrar(reparto, llena)
    edicion.editar(llena, "cierre", texto="A mano.", base="Antes.", version=0, por=reparto.cuentas["colega"])
    sesion = m.Sesion.objects.select_related("organo").get(pk=llena.pk)
    with django_assert_num_queries(CONSULTAS):
        borrador = edicion.borrador(sesion)
        original = imprenta.acta(borrador)
    assert len(borrador.hechos.acuerdos) == renglones
    assert original.html.count('class="acuerdo"') == renglones


def test_la_pagina_completa_tampoco_crece(reparto: Reparto, client: Client) -> None:
    client.force_login(reparto.cuentas["facilitadora"])
    cuentas = []
    for numero, renglones in enumerate((1, 6)):
        otro = crear_reparto(f"otro{numero}")
        m.Rol.objects.create(usuario=reparto.cuentas["facilitadora"], organo=otro.organo, tipo="facilitadora")
        llena = crear_sesion_llena(otro, renglones)
        cerrar(otro, llena)
        with CaptureQueriesContext(connection) as consultas:
            respuesta = client.get(llena.paso_url("acta"))
        assert respuesta.content.count(b'class="acuerdo"') == renglones
        cuentas.append(len(consultas))
    assert cuentas[0] == cuentas[1]
