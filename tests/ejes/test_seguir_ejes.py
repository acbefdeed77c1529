"""Seguir un eje por correo: llega lo que lo toca, una vez, y nada de lo que no es público."""

import datetime as dt

import pytest
from django.core.mail import EmailMessage as Correo
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from ejes.ciudadania import seguidores, seguidores_de_ejes
from ejes.cortes import editar_corte
from ejes.cortes.publicar import publicar
from ejes.models import Plan
from stl_portal.avisos.models import Aviso
from stl_portal.avisos.registro import Tema
from tests.avisos.conftest import seguir
from tests.ejes import entregas
from tests.ejes.fabricas import crear_plan, crear_reporte
from tests.personas import DIA, Reparto

ANA, BETO, CELIA = (f"{quien}@sigue.example" for quien in ("ana", "beto", "celia"))


@pytest.fixture
def plan(reparto: Reparto) -> Plan:
    """Con dos ejes y un corte; Ana sigue el primero, Beto el segundo, y Celia el plan y el primero."""
    plan = crear_plan(reparto.organo)
    segundo = plan.ejes.create(numero=2, nombre="Agua")
    segundo.compromisos.create(numero=1, nombre="Cuidar").acciones.create(numero=1, texto="Medir")
    uno, dos = (seguidores_de_ejes.tema_de(eje) for eje in plan.ejes.order_by("numero"))
    for correo, temas in ((ANA, [uno]), (BETO, [dos]), (CELIA, [seguidores.tema_de(plan), uno])):
        seguir(correo, *temas)
    Aviso.objects.all().delete()
    return plan


def a_quienes() -> list[str]:
    return sorted(Aviso.objects.values_list("para", flat=True))


def test_se_ofrece_cada_eje_de_los_planes_publicados(reparto: Reparto, plan: Plan) -> None:
    assert [(t.clave, t.nombre, t.grupo) for t in seguidores_de_ejes.temas(DIA)] == [
        ("eje:prueba/1", "Eje 1. Datos", "Un eje del Plan de prueba"),
        ("eje:prueba/2", "Eje 2. Agua", "Un eje del Plan de prueba"),
    ]
    Plan.objects.update(estado="borrador")
    assert list(seguidores_de_ejes.temas(DIA)) == []


def test_un_reporte_se_avisa_a_quien_sigue_su_eje_y_una_sola_vez_a_quien_sigue_ambos(
    reparto: Reparto, plan: Plan
) -> None:
    entregas.publicar(entregas.crear_entrega(reparto, crear_reporte(reparto, plan=plan)))
    publicos = Aviso.objects.filter(motivo__contains=":reporte:")
    assert sorted(publicos.values_list("para", flat=True)) == [ANA, CELIA]
    assert publicos.get(para=ANA).motivo.startswith("seguir:eje:prueba/1:reporte:")
    assert publicos.get(para=CELIA).motivo.startswith("seguir:plan:prueba:reporte:")


def otro_corte(plan: Plan, declarado: int) -> None:
    """El segundo informe, que solo mueve la acción del primer eje."""
    corte = editar_corte.abrir(plan, nombre="Segundo", desde=dt.date(2026, 4, 1), hasta=dt.date(2026, 6, 30))
    corte.figuras.update_or_create(
        accion=plan.ejes.get(numero=1).compromisos.get().acciones.get(),
        defaults={"declarado": declarado, "explicacion": "Avanzó"},
    )
    segunda = plan.ejes.get(numero=2).compromisos.get().acciones.get()
    corte.figuras.update_or_create(accion=segunda, defaults={"declarado": 10})
    publicar(corte, None, timezone.now())


def test_un_informe_se_avisa_a_quien_sigue_lo_que_mueve(plan: Plan) -> None:
    otro_corte(plan, declarado=55)
    assert a_quienes() == [ANA, BETO, CELIA]
    de_ana = Aviso.objects.get(para=ANA)
    assert "Avance del eje: antes, 30 % calculado; ahora, 55 % calculado." in de_ana.cuerpo
    assert "Acciones suyas que cambian: 1." in de_ana.cuerpo
    assert "/plan/prueba/eje/1/" in de_ana.cuerpo
    assert "no constaba" in Aviso.objects.get(para=BETO).cuerpo


def test_si_su_eje_sigue_igual_no_se_le_escribe(plan: Plan) -> None:
    otro_corte(plan, declarado=30)
    assert a_quienes() == [BETO, CELIA]


def test_solo_a_quien_confirmo_y_con_su_liga_para_dejarlo(
    plan: Plan, mailoutbox: list[Correo], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    from stl_portal.avisos import seguidores as de_cualquiera

    uno = next(iter(seguidores_de_ejes.temas(DIA)))
    de_cualquiera.pedir("sin-confirmar@sigue.example", [uno], timezone.now())
    mailoutbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        otro_corte(plan, declarado=55)
    assert "sin-confirmar@sigue.example" not in [c.to[0] for c in mailoutbox]
    de_ana = next(c for c in mailoutbox if c.to == [ANA])
    assert "/seguir/baja/" in de_ana.extra_headers["List-Unsubscribe"]


def test_un_eje_no_es_el_principio_de_otro(reparto: Reparto, plan: Plan) -> None:
    diez = plan.ejes.create(numero=10, nombre="Diez")
    seguir("diez@sigue.example", seguidores_de_ejes.tema_de(diez))
    Aviso.objects.all().delete()
    entregas.publicar(entregas.crear_entrega(reparto, crear_reporte(reparto, plan=plan)))
    assert "diez@sigue.example" not in a_quienes()


def test_lo_ficticio_se_dice(reparto: Reparto, plan: Plan) -> None:
    reparto.organo.ficticio = True
    reparto.organo.save()
    temas: list[Tema] = list(seguidores_de_ejes.temas(DIA))
    assert [t.nombrado for t in temas] == ["Eje 1. Datos (ficticio)", "Eje 2. Agua (ficticio)"]
    plan.refresh_from_db()
    otro_corte(plan, declarado=55)
    assert Aviso.objects.get(para=ANA).cuerpo.startswith("Aviso: es de un órgano ficticio.")
