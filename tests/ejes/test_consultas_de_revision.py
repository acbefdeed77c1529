"""Revisar hace las mismas consultas con un reporte que con muchos."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ejes.models import Reporte
from ejes.revision import dictaminar
from ejes.revision.pendientes_de_revision import de_quien_revisa
from tests.cuentas.codigos import identificarse
from tests.ejes.entregas import crear_entrega, enviar
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.ejes.test_pagina_revision import pagina
from tests.personas import Reparto, crear_reparto

FILA, PAGINA, PENDIENTES = 10, 22, 5  # consultas de cada página; dos son los nombres de los órganos


@pytest.fixture
def revisora(client: Client, reparto: Reparto) -> Client:
    return identificarse(client, reparto.cuentas["facilitadora"])


def _mas_ejes(reporte: Reporte, cuantos: int) -> None:
    """Otros tantos ejes de la misma institución, cada uno con su reporte enviado."""
    plan = reporte.eje.plan
    for numero in range(2, cuantos + 2):
        eje = plan.ejes.create(numero=numero, nombre=f"Eje {numero}", responsable=reporte.asiento)
        otro = Reporte.objects.create(bimestre=reporte.bimestre, eje=eje, asiento=reporte.asiento)
        enviar(otro)


def test_la_fila_hace_las_mismas_consultas_con_uno_que_con_muchos(revisora: Client, reparto: Reparto) -> None:
    reporte = crear_entrega(reparto).reporte
    assert (_consultas(revisora, reverse("revision:inicio"))) == FILA
    _mas_ejes(reporte, 30)
    assert (_consultas(revisora, reverse("revision:inicio"))) == FILA


def test_lo_pendiente_hace_las_mismas_consultas_con_uno_que_con_muchos(reparto: Reparto) -> None:
    reporte, cuenta = crear_entrega(reparto).reporte, reparto.cuentas["facilitadora"]
    for cuantos in (1, 21):
        with CaptureQueriesContext(connection) as hechas:
            assert len(list(de_quien_revisa(cuenta, timezone.localdate()))) == cuantos
        assert len(hechas) == PENDIENTES
        if cuantos == 1:
            _mas_ejes(reporte, 20)


def test_la_pagina_hace_las_mismas_consultas_con_mas_acciones_y_evidencias(
    revisora: Client, reparto: Reparto
) -> None:
    una = crear_entrega(reparto)
    dictaminar.validar_el_resto(una, reparto.cuentas["colega"], timezone.now())
    assert _consultas(revisora, pagina(una)) == PAGINA
    otro = crear_reparto("otro")
    plan = crear_plan(otro.organo, "otro")
    compromiso = plan.ejes.get().compromisos.get()
    for numero in range(2, 30):
        compromiso.acciones.create(numero=numero, texto=f"Acción {numero}")
    reporte = crear_reporte(otro, plan=plan)
    muchas = crear_entrega(otro, reporte)
    dictaminar.validar_el_resto(muchas, otro.cuentas["colega"], timezone.now())
    assert _consultas(identificarse(Client(), otro.cuentas["facilitadora"]), pagina(muchas)) == PAGINA


def _consultas(cliente: Client, direccion: str) -> int:
    cliente.get(direccion)  # lo que se guarda la primera vez no cuenta
    with CaptureQueriesContext(connection) as hechas:
        assert cliente.get(direccion).status_code == 200
    return len(hechas)
