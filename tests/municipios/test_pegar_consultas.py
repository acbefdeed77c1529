"""Pegar consulta lo mismo con un renglón que con cuarenta y seis, y con una fecha que con muchas."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from municipios.cuadro import tomar, tomar_varios
from sesiones import models as m
from tests.municipios.fabricas import LEON, anotar
from tests.municipios.pegado import HOY, cambios, los_46, pegar

pytestmark = pytest.mark.django_db
CONSULTAS = 19
DE_OTRAS_FECHAS = 4  # etapas, situaciones, municipios y lo anotado, para todas las fechas


def test_con_46_fechas_distintas_consulta_lo_mismo_que_con_una(
    captura: Client, seguimiento: m.Organo, django_assert_num_queries: Callable[..., Any]
) -> None:
    encabezado, *renglones = los_46("Cumplido")
    con_fecha = [f"{renglon}\t{HOY - dt.timedelta(days=n)}" for n, renglon in enumerate(renglones, start=1)]
    for cuantos in (1, 46):
        with django_assert_num_queries(CONSULTAS + DE_OTRAS_FECHAS):
            respuesta = pegar(captura, seguimiento, f"{encabezado}\tfecha", *con_fecha[:cuantos])
        assert respuesta.status_code == 200
        assert len(cambios(respuesta)) == cuantos


def test_varias_fechas_de_una_vez_dan_los_mismos_cuadros_que_de_una_en_una(seguimiento: m.Organo) -> None:
    etapa = seguimiento.etapas_municipales.earliest("orden")
    dias = [HOY - dt.timedelta(days=n) for n in (9, 6, 3, 0)]
    for dia, situacion in zip(dias, ("en_proceso", "cumplido", "no_iniciado"), strict=False):
        anotar(etapa, LEON, situacion, dia)
    anotar(etapa, LEON, "en_proceso", dias[1])  # el mismo día, después
    anotar(etapa, LEON, "sin_informacion", dias[2], anulada_el=timezone.now())
    cuadros = tomar_varios(seguimiento, dias)
    assert cuadros == {dia: tomar(seguimiento, dia) for dia in dias}
    valen = [cuadros[dia].casillas[LEON, etapa.pk].vale.situacion for dia in dias]
    assert valen == ["en_proceso", "en_proceso", "no_iniciado", "no_iniciado"]
    assert tomar_varios(seguimiento, []) == {}


def test_consulta_lo_mismo_con_un_renglon_que_con_46(
    captura: Client, seguimiento: m.Organo, django_assert_num_queries: Callable[..., Any]
) -> None:
    for renglones in (los_46("Cumplido")[:2], los_46("Cumplido")):
        with django_assert_num_queries(CONSULTAS):
            assert pegar(captura, seguimiento, *renglones).status_code == 200
