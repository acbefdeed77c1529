"""Lo que el plan dice de su órgano en las páginas de otras aplicaciones."""

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone

from ejes.ciudadania import hechos
from ejes.cortes.publicar import publicar
from ejes.models import Plan
from stl_portal.publico.registro import DE_ORGANOS, HECHOS, Hecho, Ligado
from tests.ejes.fabricas import crear_plan
from tests.personas import Reparto, crear_reparto

CUANDO = dt.datetime(2026, 3, 19, 3, 0, tzinfo=dt.UTC)  # todavía es 18 en México


def _publicado(reparto: Reparto) -> Plan:
    plan = crear_plan(reparto.organo)
    plan.historia.update(cuando=CUANDO)
    return plan


def test_el_plan_consta_desde_el_dia_que_se_publico(reparto: Reparto) -> None:
    plan = _publicado(reparto)
    dia = dt.date(2026, 3, 18)
    dicho = f"Publicó el {plan.nombre} el 18 de marzo de 2026."
    assert list(hechos.publicados([reparto.organo.pk], dia)) == [
        Hecho(reparto.organo.pk, "plan", dia, dicho, plan.get_absolute_url())
    ]
    assert list(hechos.publicados([reparto.organo.pk], dt.date(2026, 3, 17))) == []
    assert hechos.publicados in HECHOS


def test_un_borrador_o_el_plan_de_otro_no_consta(reparto: Reparto) -> None:
    plan, otro = _publicado(reparto), crear_reparto("otro")
    Plan.objects.filter(pk=plan.pk).update(estado="borrador")
    hoy = timezone.localdate()
    assert list(hechos.publicados([reparto.organo.pk, otro.organo.pk], hoy)) == []
    assert hechos.de_organos([reparto.organo.pk]) == {}


def test_con_su_avance_y_de_donde_sale(client: Client, reparto: Reparto) -> None:
    plan = _publicado(reparto)
    texto = "Plan de prueba: 30 % de avance calculado al 31 de marzo de 2026"
    ligado = Ligado(texto, plan.get_absolute_url())
    assert hechos.de_organos([reparto.organo.pk]) == {reparto.organo.pk: [ligado]}
    assert hechos.de_organos in DE_ORGANOS
    pagina = client.get("/sesiones/prueba/").content.decode()
    assert f'<a href="{plan.get_absolute_url()}">{texto}</a>' in pagina


def test_sin_cortes_solo_se_nombra(reparto: Reparto) -> None:
    plan = Plan.objects.create(organo=reparto.organo, clave="sin", nombre="Plan nuevo", inicio=2026, fin=2027)
    plan.cambiar("publicar", None)
    ligado = Ligado("Plan nuevo", plan.get_absolute_url())
    assert hechos.de_organos([reparto.organo.pk]) == {reparto.organo.pk: [ligado]}


def test_lo_declarado_se_dice_declarado(reparto: Reparto) -> None:
    plan = crear_plan(reparto.organo)
    corte = plan.cortes.create(
        numero=2, nombre="Segundo", desde=dt.date(2026, 4, 1), hasta=dt.date(2026, 6, 30)
    )
    corte.figuras.create(declarado=42, explicacion="La institución cuenta otra cosa.")
    publicar(corte, None, timezone.now())
    (ligado,) = hechos.de_organos([reparto.organo.pk])[reparto.organo.pk]
    assert ligado.texto == "Plan de prueba: 42 % de avance declarado al 30 de junio de 2026"


def test_las_consultas_no_crecen_con_los_planes(reparto: Reparto, django_assert_num_queries: Any) -> None:
    organos = [reparto.organo.pk]
    for cuantos in (1, 5):
        while Plan.objects.count() < cuantos:
            crear_plan(reparto.organo, clave=f"plan-{Plan.objects.count()}")
        with django_assert_num_queries(2):
            assert len(hechos.de_organos(organos)[reparto.organo.pk]) == cuantos
        with django_assert_num_queries(1):
            assert len(list(hechos.publicados(organos, timezone.localdate()))) == cuantos
