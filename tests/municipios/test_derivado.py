"""Una etapa se cumple sola cuando consta el hecho: la instalación, el plan o la capacitación publicados."""

import datetime as dt
from typing import Any

import pytest

from ejes.models import Plan
from municipios import cuadro
from municipios.avance import Sabido
from municipios.models import Etapa, Evento, Municipio
from sesiones import models as m
from tests.fabricas import crear_sesion
from tests.municipios.fabricas import LEON, crear_etapas, crear_municipal
from tests.personas import DIA, Reparto, crear_reparto

SILAO = "11037"


@pytest.fixture
def etapas(reparto: Reparto) -> dict[str, Etapa]:
    """Una etapa por hecho, con ese hecho puesto."""
    filas = crear_etapas(reparto.organo, "instalacion", "capacitacion", "plan")
    for etapa in filas:
        Etapa.objects.filter(pk=etapa.pk).update(hecho=etapa.clave)
    return {etapa.clave: etapa for etapa in filas}


def _vale(reparto: Reparto, etapa: Etapa, clave: str = LEON, al: dt.date = DIA) -> Sabido:
    return cuadro.tomar(reparto.organo, al).casillas[clave, etapa.pk].vale


def _capacitar(organo: m.Organo, *claves: str, **cambios: Any) -> Evento:
    datos = {"titulo": "Datos abiertos", "hasta": DIA, "publico": True} | cambios
    evento = Evento.objects.create(organo=organo, **datos)
    evento.municipios.set(Municipio.objects.filter(clave__in=claves))
    return evento


def test_el_acta_publicada_de_su_instalacion_la_cumple(reparto: Reparto, etapas: dict[str, Etapa]) -> None:
    municipal = crear_municipal(reparto.organo)
    sesion = crear_sesion(municipal, tipo="instalacion")
    acta = m.Acta.objects.create(sesion=sesion, estado="firmada")
    assert _vale(reparto, etapas["instalacion"]).avance == "sin_informacion"
    m.Acta.objects.filter(pk=acta.pk).update(estado="publicada")
    vale = _vale(reparto, etapas["instalacion"])
    assert (vale.avance, vale.fecha, vale.derivada) == ("cumplido", DIA, True)
    assert vale.url == f"/sesiones/stm-leon/{sesion.clave}/acta/"
    assert _vale(reparto, etapas["instalacion"], SILAO).avance == "sin_informacion"


def test_su_plan_publicado_cumple_la_del_plan(reparto: Reparto, etapas: dict[str, Etapa]) -> None:
    municipal = crear_municipal(reparto.organo)
    plan = Plan.objects.create(
        organo=municipal.organo, clave="leon", nombre="Plan de León", inicio=2026, fin=2027
    )
    plan.cambiar("publicar", None, cuando=dt.datetime(2026, 3, 18, 18, tzinfo=dt.UTC))
    vale = _vale(reparto, etapas["plan"])
    assert (vale.avance, vale.dicho) == ("cumplido", "Publicó el Plan de León el 18 de marzo de 2026.")


def test_la_capacitacion_cuenta_aunque_no_tenga_secretariado(
    reparto: Reparto, etapas: dict[str, Etapa]
) -> None:
    _capacitar(reparto.organo, SILAO)
    vale = _vale(reparto, etapas["capacitacion"], SILAO)
    assert (vale.avance, vale.fecha) == ("cumplido", DIA)
    assert vale.dicho == "Consta en la capacitación «Datos abiertos», del 18 de marzo de 2026."
    assert vale.url == f"/municipios/capacitaciones/?municipio={SILAO}"
    assert _vale(reparto, etapas["capacitacion"], LEON).avance == "sin_informacion"


@pytest.mark.parametrize(
    "cambios",
    [{"publico": False}, {"clase": "reunion"}, {"hasta": DIA + dt.timedelta(days=1)}],
)
def test_la_que_no_es_publica_ni_capacitacion_ni_ha_ocurrido_no_cuenta(
    reparto: Reparto, etapas: dict[str, Etapa], cambios: dict[str, Any]
) -> None:
    _capacitar(reparto.organo, LEON, **cambios)
    assert _vale(reparto, etapas["capacitacion"]).avance == "sin_informacion"


def test_la_de_otro_seguimiento_tampoco_y_sin_saber_cuales_no_se_inventa(
    reparto: Reparto, etapas: dict[str, Etapa]
) -> None:
    _capacitar(crear_reparto("otro").organo, LEON)
    _capacitar(reparto.organo, cuantos=17, municipios_cuantos=45)
    tomado = cuadro.tomar(reparto.organo, DIA)
    assert tomado.totales(etapas["capacitacion"])["sin_informacion"] == 46


def test_un_secretariado_municipal_solo_da_fe_de_su_municipio(
    reparto: Reparto, etapas: dict[str, Etapa]
) -> None:
    _capacitar(crear_municipal(reparto.organo).organo, LEON, SILAO)
    assert _vale(reparto, etapas["capacitacion"], LEON).avance == "cumplido"
    assert _vale(reparto, etapas["capacitacion"], SILAO).avance == "sin_informacion"


def test_lo_ficticio_no_consta_en_un_seguimiento_real_y_si_en_el_suyo(
    reparto: Reparto, etapas: dict[str, Etapa]
) -> None:
    municipal = crear_municipal(reparto.organo)
    sesion = crear_sesion(municipal, tipo="instalacion")
    m.Acta.objects.create(sesion=sesion, estado="publicada")
    _capacitar(municipal.organo, LEON)
    m.Organo.objects.filter(pk=municipal.organo.pk).update(ficticio=True)
    for etapa in ("instalacion", "capacitacion"):
        assert _vale(reparto, etapas[etapa]).avance == "sin_informacion"
    reparto.organo.ficticio = True
    for etapa in ("instalacion", "capacitacion"):
        assert _vale(reparto, etapas[etapa]).avance == "cumplido"


@pytest.mark.parametrize("cuantas", [1, 10])
def test_las_consultas_no_crecen_con_los_hechos(
    reparto: Reparto, etapas: dict[str, Etapa], django_assert_num_queries: Any, cuantas: int
) -> None:
    for n in range(cuantas):
        municipal = crear_municipal(reparto.organo, f"stm-{n}", f"110{n + 10}")
        sesion = crear_sesion(municipal, tipo="instalacion")
        m.Acta.objects.create(sesion=sesion, estado="publicada")
        _capacitar(reparto.organo, LEON, SILAO, titulo=f"Capacitación {n}")
    with django_assert_num_queries(9):
        cuadro.tomar(reparto.organo, DIA)
