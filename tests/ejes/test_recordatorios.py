"""Se recuerda 10, 3 y 1 días antes y al día siguiente, solo a quien no ha enviado y una sola vez."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Component
from pytest_django import DjangoAssertNumQueries

from ejes.models import Bimestre, Encargo, Plan, Reporte
from ejes.plazos import Ventana
from ejes.reportes import recordatorios
from sesiones import models as m
from stl_portal.avisos.models import Aviso
from tests import fabricas
from tests.ejes.gestion import HOY, bimestre_abierto
from tests.personas import Reparto

DIA = dt.timedelta(days=1)
CIVIL, ACADEMIA = "civil.prueba@prueba.example", "academia.prueba@prueba.example"


def _para(al: dt.date) -> set[str]:
    recordatorios.enviar(al)
    return set(Aviso.objects.filter(creado_el__gte=timezone.now() - DIA).values_list("para", flat=True))


@given(st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)))
def test_se_recuerda_exactamente_cuatro_dias(entrega: dt.date) -> None:
    ventana = Ventana(entrega - 30 * DIA, entrega, None)
    dias = [entrega + n * DIA for n in range(-40, 40) if ventana.toca_recordar(entrega + n * DIA)]
    assert [(entrega - dia).days for dia in dias] == [10, 3, 1, -1]


def test_a_titulares_suplentes_y_encargadas_que_no_han_enviado(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    suplente = fabricas.crear_suplencia(reparto, asiento="civil", nombre="Gala Ríos Mota").persona
    m.Persona.objects.filter(pk=suplente.pk).update(correo="gala@prueba.example")
    Encargo.objects.create(
        asiento=reparto.asientos["academia"], usuario=reparto.cuentas["colega"], vigente_desde=HOY
    )
    assert recordatorios.por_recordar(HOY) == [bimestre]
    assert _para(HOY) == {CIVIL, ACADEMIA, "gala@prueba.example", "colega.prueba@prueba.example"}


def test_repetir_la_orden_no_repite_el_correo(reparto: Reparto) -> None:
    bimestre_abierto(reparto)
    assert recordatorios.enviar(HOY) == 2
    assert recordatorios.enviar(HOY) == 0
    assert recordatorios.enviar(HOY + DIA) == 0
    assert recordatorios.enviar(HOY + 7 * DIA) == 2


def test_a_quien_ya_envio_no_se_le_recuerda_y_a_quien_se_le_devolvio_si(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    eje = bimestre.plan.ejes.get(numero=1)
    reporte = Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=reparto.asientos["civil"])
    Reporte.objects.filter(pk=reporte.pk).update(estado="enviado")
    assert _para(HOY) == {ACADEMIA}
    Reporte.objects.filter(pk=reporte.pk).update(estado="observado")
    assert _para(HOY + 7 * DIA) == {ACADEMIA, CIVIL}


def test_una_prorroga_los_mueve(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=HOY + 20 * DIA, punto=punto)
    assert recordatorios.enviar(HOY) == 0
    assert recordatorios.enviar(HOY + 10 * DIA) == 2
    correo = Aviso.objects.get(para=CIVIL)
    assert "vence en 10 días, el 7 de abril de 2026" in correo.asunto
    assert "la fecha original era el 28 de marzo de 2026" in correo.cuerpo


def test_el_dia_despues_se_dice_que_aun_se_recibe(reparto: Reparto) -> None:
    bimestre_abierto(reparto)
    assert recordatorios.enviar(HOY + 11 * DIA) == 2
    correo = Aviso.objects.get(para=CIVIL)
    assert correo.asunto == "Venció ayer el reporte de Bimestre 1: todavía puedes enviarlo · Secretariado"
    assert "constará que llegó después del límite" in correo.cuerpo


def test_el_correo_lleva_directo_al_reporte_empezado(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    eje = bimestre.plan.ejes.get(numero=1)
    reporte = Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=reparto.asientos["civil"])
    recordatorios.enviar(HOY)
    assert f"{reporte.url_de_trabajo}\n" in Aviso.objects.get(para=CIVIL).cuerpo
    assert f"{reverse('reportes:inicio')}\n" in Aviso.objects.get(para=ACADEMIA).cuerpo


def test_quien_responde_por_dos_ejes_recibe_un_solo_correo(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    bimestre.plan.ejes.update(responsable=reparto.asientos["civil"])
    assert recordatorios.enviar(HOY) == 1
    cuerpo = Aviso.objects.get(para=CIVIL).cuerpo
    assert "- Eje 1. Datos (" in cuerpo
    assert "- Eje 2. Participación (" in cuerpo


def test_la_cita_es_el_dia_del_limite_y_la_prorroga_la_sustituye(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    primera = _evento(bimestre)
    punto = fabricas.crear_en_curso(reparto).puntos.get()
    bimestre.prorrogas.create(entrega=HOY + 20 * DIA, punto=punto)
    segunda = _evento(Bimestre.objects.con_prorrogas().get(pk=bimestre.pk))
    assert primera["UID"] == segunda["UID"]
    assert (primera["SEQUENCE"], segunda["SEQUENCE"]) == (0, 1)
    assert (primera.decoded("DTSTART"), segunda.decoded("DTSTART")) == (HOY + 10 * DIA, HOY + 20 * DIA)


def _evento(bimestre: Bimestre) -> Component:
    leido = Calendar.from_ical(recordatorios.cita(bimestre).contenido.decode())
    return next(iter(leido.walk("VEVENT")))


@pytest.mark.parametrize("cambio", [{"en_portal": False}, {"entrega": None, "carga": None}])
def test_lo_que_no_se_recibe_aqui_no_se_recuerda(reparto: Reparto, cambio: dict[str, object]) -> None:
    bimestre = bimestre_abierto(reparto)
    Bimestre.objects.filter(pk=bimestre.pk).update(**cambio)
    assert recordatorios.enviar(HOY) == 0
    assert recordatorios.proximos(Bimestre.objects.con_prorrogas().get(), HOY) == []


def test_un_plan_en_borrador_no_recuerda_nada(reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    Plan.objects.filter(pk=bimestre.plan_id).update(estado="borrador")
    assert recordatorios.enviar(HOY) == 0


def test_la_orden_diaria_los_envia(reparto: Reparto) -> None:
    hoy = timezone.localdate()
    bimestre_abierto(reparto, hoy)
    call_command("atender_plazos", verbosity=0)
    assert Aviso.objects.filter(motivo__startswith="bimestre:").count() == 2


def test_mismas_consultas_con_uno_o_muchos_ejes(
    reparto: Reparto, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bimestre = Bimestre.objects.con_prorrogas().get(pk=bimestre_abierto(reparto).pk)
    with django_assert_num_queries(11):
        assert len(recordatorios.mensajes(bimestre, HOY)) == 2
    for n in range(3, 30):
        bimestre.plan.ejes.create(numero=n, nombre=f"Eje {n}", responsable=reparto.asientos["poder"])
    with django_assert_num_queries(11):
        assert len(recordatorios.mensajes(bimestre, HOY)) == 3


def test_los_correos_los_lee_quien_conduce_y_nadie_mas(client: Client, reparto: Reparto) -> None:
    bimestre = bimestre_abierto(reparto)
    recordatorios.enviar(HOY)
    url = reverse("avisos:serie", args=("bimestre", bimestre.pk))
    client.force_login(reparto.cuentas["facilitadora"])
    assert CIVIL in client.get(url).content.decode()
    for papel in ("integrante", "extrana", "auditora"):
        client.force_login(reparto.cuentas[papel])
        assert client.get(url).status_code == 404
