"""El calendario cuesta lo mismo con una cita de cada clase que con muchas."""

import datetime as dt

from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.models import Plan
from municipios.models import Evento
from sesiones import models as m
from tests import fabricas
from tests.ejes.fabricas import crear_bimestre, crear_plan
from tests.eventos import fabricas as eventos
from tests.personas import Reparto
from tests.publico.test_calendario import acordar

HOY = timezone.localdate()
CONSULTAS = {"/calendario.ics": 16, "/calendario/": 24, "/calendario/prueba.ics": 18}


def agregar(reparto: Reparto, plan: Plan, calendario: m.Calendario, n: int) -> None:
    """Una cita de cada clase, cerca de hoy."""
    dia = HOY + dt.timedelta(days=n % 20)
    fabricas.avisar(fabricas.crear_sesion(reparto, fecha=dia))
    crear_bimestre(plan, HOY, numero=n + 1, entrega=dia, carga=dia)
    Evento.objects.create(organo=reparto.organo, titulo=f"Taller {n}", hasta=dia, publico=True)
    eventos.publicado(reparto, titulo=f"Panel {n}", dia=dia)
    calendario.fechas.create(fecha=HOY + dt.timedelta(days=n))


def test_mismas_consultas_con_una_o_muchas(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = crear_plan(reparto.organo)
    calendario = m.Calendario.objects.create(organo=reparto.organo, anio=HOY.year)
    agregar(reparto, plan, calendario, 0)
    calendario.aprobar(None, acuerdo=acordar(reparto, dt.date(2026, 3, 18)))
    for numeros in ((), range(1, 15)):
        for n in numeros:
            agregar(reparto, plan, calendario, n)
        sola = f"{m.Sesion.objects.filter(estado='convocada').earliest('pk').get_absolute_url()}cita.ics"
        for direccion, consultas in (*CONSULTAS.items(), (sola, 4)):
            with django_assert_num_queries(consultas):
                assert client.get(direccion).status_code == 200
