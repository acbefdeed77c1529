"""Cada página pública del plan hace siempre las mismas consultas, con una cosa de cada o con cien."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ejes.models import Accion, Compromiso, Eje, Plan, ReportePublicado
from sesiones import models as m
from sesiones.cierre import cerrar
from tests import fabricas
from tests.ejes.entregas import crear_entrega, publicar
from tests.ejes.fabricas import crear_bimestre
from tests.ejes.publicados import cortar, repetir
from tests.personas import Reparto

MUCHOS = 100
PAGINAS = {
    "/plan/": 2,
    "/plan/novedades.atom": 2,
    "/plan/{plan}/": 4,
    "/plan/{plan}/informe/1/": 4,
    "/plan/{plan}/informe/1/cambios/": 4,
    "/plan/{plan}/eje/1/": 13,
    "/plan/{plan}/compromiso/1.1/": 12,
    "/plan/{plan}/accion/1.1.1/": 7,
    "/plan/{plan}/bimestre/1/": 8,
    "/plan/{plan}/reporte/{reporte}/": 3,
    "/plan/{plan}/evidencia/{evidencia}/": 7,
}


@pytest.fixture
def publicado(reparto: Reparto) -> ReportePublicado:
    """Con prórroga, acuerdos y un compromiso con su propio responsable."""
    publicado = publicar(crear_entrega(reparto))
    sesion = fabricas.crear_en_curso(reparto)
    acuerdo = m.Acuerdo.agregar(sesion.puntos.get(), texto="Ampliar el plazo")
    cerrar(sesion, reparto.cuentas["facilitadora"], cierre=dt.time(11), sin_tratar="Se agotó el tiempo")
    bimestre, compromiso = publicado.reporte.bimestre, publicado.reporte.eje.compromisos.get()
    bimestre.prorrogas.create(entrega=timezone.localdate() + dt.timedelta(days=30), acuerdo=acuerdo)
    compromiso.acuerdos.add(acuerdo)
    publicado.entrega.evidencias.earliest("pk").acuerdos.add(acuerdo)
    compromiso.responsable = publicado.reporte.asiento
    compromiso.save()
    return publicado


def contadas(client: Client, publicado: ReportePublicado) -> dict[str, int]:
    """Cuántas consultas hace cada página."""
    plan = publicado.reporte.eje.plan.clave
    evidencia = publicado.entrega.evidencias.earliest("pk").pk
    hechas = {}
    for pagina in PAGINAS:
        url = pagina.format(plan=plan, reporte=publicado.reporte_id, evidencia=evidencia)
        with CaptureQueriesContext(connection) as capturadas:
            assert client.get(url).status_code == 200
        hechas[pagina] = len(capturadas)
    return hechas


def crecer(publicado: ReportePublicado) -> None:
    """Cien bimestres con reporte y evidencias, cien ejes, cien acciones, cien prórrogas y diez cortes más."""
    plan = Plan.objects.get(pk=publicado.reporte.eje.plan_id)
    repetir(publicado, MUCHOS)
    asiento, primero = publicado.reporte.asiento, publicado.reporte.eje
    ejes = [Eje(plan=plan, numero=n, nombre="Otro", responsable=asiento) for n in range(2, MUCHOS + 2)]
    Compromiso.objects.bulk_create(
        Compromiso(eje=eje, numero=1, nombre="Otro", responsable=asiento)
        for eje in Eje.objects.bulk_create(ejes)
    )
    compromiso = primero.compromisos.get(numero=1)
    Accion.objects.bulk_create(
        Accion(compromiso=compromiso, numero=n, texto="Otra") for n in range(2, MUCHOS + 2)
    )
    accion = compromiso.acciones.get(numero=1)
    for n in range(MUCHOS):
        compromiso.hitos.create(accion=accion, nombre=f"Hito {n}", previsto=dt.date(2026, 1, 1))
    cortar(plan, 3)


def test_con_una_cosa_de_cada(client: Client, publicado: ReportePublicado) -> None:
    assert contadas(client, publicado) == PAGINAS


@pytest.mark.apariencia  # son las mismas consultas en las dos bases
def test_con_cien_de_cada(client: Client, publicado: ReportePublicado) -> None:
    crecer(publicado)
    assert contadas(client, publicado) == PAGINAS


def test_sin_cortes_y_con_cien_ejes_o_bimestres(
    client: Client, reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="sin", nombre="Plan", inicio=2026, fin=2027)
    plan.cambiar("publicar", None)
    for cuantos in (1, MUCHOS):
        desde = plan.ejes.count() + 1
        Eje.objects.bulk_create(Eje(plan=plan, numero=desde + n, nombre="Otro") for n in range(cuantos))
        for n in range(cuantos):
            crear_bimestre(plan, timezone.localdate(), numero=desde + n)
        for eje in plan.ejes.all():
            eje.compromisos.get_or_create(numero=1, nombre="Otro")
        with django_assert_num_queries(8):
            assert client.get("/plan/sin/").status_code == 200
