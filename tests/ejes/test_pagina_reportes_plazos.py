"""Los plazos de un reporte en pantalla, lo que «Mi portal» recuerda y cuántas consultas cuesta."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html
from pytest_django import DjangoAssertNumQueries

from ejes.models import Reporte
from tests.ejes.fabricas import crear_bimestre, crear_plan, crear_reporte
from tests.ejes.lectura import visible
from tests.ejes.llenados import crear_lleno, enviado, observar
from tests.fabricas import crear_en_curso
from tests.personas import Reparto


@pytest.fixture
def reporte(reparto: Reparto) -> Reporte:
    return crear_reporte(reparto)


@pytest.fixture
def prepara(client: Client, reparto: Reparto) -> Client:
    client.force_login(reparto.cuentas["integrante"])
    return client


def test_la_prorroga_dice_la_fecha_original_y_donde_se_concedio(
    prepara: Client, reporte: Reporte, reparto: Reparto
) -> None:
    bimestre = reporte.bimestre
    sesion = crear_en_curso(reparto)
    assert bimestre.entrega
    nueva = bimestre.entrega + dt.timedelta(days=14)
    punto = sesion.puntos.earliest("pk")
    bimestre.prorrogas.create(entrega=nueva, punto=punto)
    for url in ("/reportes/", f"/reportes/{reporte.pk}/indicadores/"):
        pagina = prepara.get(url)
        assert "la fecha original era" in visible(pagina)
        assert f'href="{sesion.get_absolute_url()}#punto-{punto.pk}"' in pagina.text


def test_empezar_desde_mi_portal_lleva_al_reporte(prepara: Client, reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    plan.ejes.update(responsable=reparto.asientos["civil"])
    crear_bimestre(plan, timezone.localdate())
    (forma,) = html.fromstring(prepara.get("/mi/").text).xpath("//li[contains(@class, 'pendiente')]//form")
    assert "Empezar el reporte" in forma.text_content()
    respuesta = prepara.post(forma.get("action"))
    assert respuesta["Location"] == f"/reportes/{Reporte.objects.get().pk}/indicadores/"


def test_mi_portal_lo_recuerda_y_urge_lo_observado(prepara: Client, reparto: Reparto) -> None:
    reporte = crear_lleno(reparto)
    assert "Termina el reporte de Bimestre 1" in visible(prepara.get("/mi/"))
    reporte.cambiar("enviar", None)
    assert "reporte de Bimestre 1" not in visible(prepara.get("/mi/"))
    reporte.cambiar("devolver", None)
    texto = visible(prepara.get("/mi/"))
    assert "Corrige el reporte de Bimestre 1" in texto
    assert "Urgente" in texto


def test_vencido_sin_enviar_se_recibe_como_tardio(prepara: Client, reporte: Reporte) -> None:
    bimestre = reporte.bimestre
    bimestre.entrega = timezone.localdate() - dt.timedelta(days=1)
    bimestre.save()
    assert "Venció el plazo" in visible(prepara.get("/reportes/"))
    assert "como tardío" in visible(prepara.get("/mi/"))
    assert "constará que llegó tarde" in visible(prepara.get(f"/reportes/{reporte.pk}/"))


@pytest.mark.parametrize("cuantos", [1, 12])
def test_la_lista_hace_las_mismas_consultas(
    prepara: Client,
    reparto: Reparto,
    cuantos: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = crear_plan(reparto.organo)
    for numero in range(1, cuantos + 1):
        plan.ejes.update_or_create(
            numero=numero, defaults={"nombre": f"E{numero}", "responsable": reparto.asientos["civil"]}
        )
        bimestre = crear_bimestre(plan, timezone.localdate(), numero=numero)
        for eje in plan.ejes.all():
            Reporte.objects.create(bimestre=bimestre, eje=eje, asiento=reparto.asientos["civil"])
    prepara.get("/reportes/")
    with django_assert_num_queries(11):
        prepara.get("/reportes/")


@pytest.mark.parametrize("cuantas", [1, 40])
def test_los_pasos_hacen_las_mismas_consultas(
    prepara: Client, reparto: Reparto, cuantas: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    entrega = enviado(reparto)
    reporte, revisa = entrega.reporte, reparto.cuentas["colega"]
    compromiso = reporte.eje.compromisos.get()
    for numero in range(2, cuantas + 2):
        accion = compromiso.acciones.create(numero=numero, texto="Otra")
        reporte.avances.create(accion=accion, declarado=10)
        entrega.dictamenes.create(accion=accion, veredicto="validado", por=revisa, cuando=timezone.now())
    observar(entrega, revisa)
    prepara.get("/mi/")
    for paso, consultas in (("indicadores/", 17), ("avances/", 17), ("", 26)):
        with django_assert_num_queries(consultas):
            prepara.get(f"/reportes/{reporte.pk}/{paso}")
