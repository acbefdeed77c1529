"""El cuadro de 2023 con los datos de la demostración: cada renglón del informe, y por qué difiere."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from ejes.avance import Base, legible
from ejes.cortes.corte import tomar
from ejes.cortes.cuadro import Cuadro, Renglon
from ejes.cortes.documento import cuadro_de, documento_de
from ejes.models import Corte, Figura

# Código: declarado, calculado y si coinciden (dominio, «Plan 2022-24»).
TABLA = {
    "1.1": (30, "30", True),
    "1.2": (None, None, True),
    "1.3": (100, "100", True),
    "1.4": (100, "100", True),
    "1.5": (23, "36.25", False),
    "2.1": (35, "33.5", False),
    "3.1": (34, "34", True),
    "3.2": (61, "61", True),
    "3.3": (100, "100", True),
    "4.1": (33, "33.33", True),
    "5.1": (42, "46.25", False),
    "6.1": (30, "30", True),
    "7.1": (56, "56", True),
    "1": (51, "50.6", True),
    "2": (35, "35", True),
    "3": (65, "65", True),
    "4": (33, "33", True),
    "5": (42, "42", True),
    "6": (30, "30", True),
    "7": (56, "56", True),
}
ASTERISCOS = ["3.2.1", "3.3.1", "4.1.1", "4.1.3", "5.1.4", "7.1.1", "7.1.2"]


def dicho(r: Renglon) -> tuple[object, object, object]:
    return r.declarado, None if r.calculado is None else legible(r.calculado), r.coincide


@pytest.fixture
def del_informe(corte: Corte) -> Cuadro:
    return tomar(corte)


def test_siete_ejes_trece_compromisos_treinta_y_tres_acciones(del_informe: Cuadro) -> None:
    assert [len(x) for x in (del_informe.ejes, del_informe.compromisos, del_informe.acciones)] == [7, 13, 33]


def test_cada_renglon_declara_y_resulta_lo_del_informe(del_informe: Cuadro) -> None:
    renglones = (*del_informe.compromisos, *del_informe.ejes)
    assert {r.codigo: dicho(r) for r in renglones} == TABLA


def test_lo_que_solo_tiene_palabras_dice_que_no_da_cifra_y_que_arriba_cuenta_como_0(
    del_informe: Cuadro,
) -> None:
    renglon, eje = del_informe.de("1.2"), del_informe.de("1")
    assert renglon
    assert renglon.como_se_calcula == (
        "Nada de lo que la compone tiene cifra, así que aquí no se calcula ninguna; "
        "en la cuenta de su eje cuenta como 0."
    )
    assert eje
    assert "«En etapa de diseño del programa» (cuenta como 0)" in eje.como_se_calcula
    assert "cuenta" not in replace(renglon, declarado=Decimal(10), textual="").como_se_calcula


def test_el_global_no_sale_de_ninguna_base(del_informe: Cuadro) -> None:
    assert dicho(del_informe.total) == (42, "44.57", False)
    assert del_informe.total.por_alcanzar == 58
    assert {base: legible(valor) for base, valor in del_informe.por_base if valor is not None} == {
        "los ejes": "44.57",
        "los compromisos": "49.54",
        "las acciones": "50.48",
    }


@pytest.mark.parametrize(("base", "resulta"), [(Base.COMPROMISOS, "49.54"), (Base.ACCIONES, "50.48")])
def test_la_base_es_dato_del_plan(corte: Corte, base: str, resulta: str) -> None:
    corte.plan.base = base
    assert dicho(tomar(corte).total) == (42, resulta, False)


def test_cada_diferencia_dice_como_se_calcula_y_que_se_declaro(del_informe: Cuadro) -> None:
    por_que = {r.codigo: r.por_que for r in del_informe.discrepancias}
    assert list(por_que) == ["1.5", "2.1", "5.1", ""]
    assert por_que["1.5"] == (
        "La media simple de 35, 10, 100 y «En etapa de diseño de las mesas» (cuenta como 0) es 36.25. "
        "El informe declara 23 % y no dice con qué fórmula ni con qué pesos. "
        "La mediana de las mismas cifras sí la daría; no consta que se usara."
    )
    con_otra = {r.codigo for r in del_informe.discrepancias if r.otra_cuenta}
    assert con_otra == {"1.5", ""}


def test_calcular_desde_las_acciones_deja_ver_lo_que_el_compromiso_tapa(del_informe: Cuadro) -> None:
    tapados = {
        r.codigo: legible(r.desde_acciones or Decimal()) for r in del_informe.ejes if r.difiere_desde_acciones
    }
    assert tapados == {"1": "53.25", "2": "33.5", "4": "33.33", "5": "46.25"}


def test_los_avances_con_palabras_los_asteriscos_y_las_ligas(del_informe: Cuadro) -> None:
    assert {a.codigo: a.textual for a in del_informe.acciones if a.textual} == {
        "1.1.2": "En etapa de diseño de las encuestas",
        "1.2.1": "En etapa de diseño del programa",
        "1.5.4": "En etapa de diseño de las mesas",
    }
    assert [a.codigo for a in del_informe.con_asterisco] == ASTERISCOS
    ligas = {c.codigo: len(c.ligas) for c in del_informe.compromisos if c.ligas}
    assert ligas == {"1.2": 1, "1.3": 1, "1.4": 1, "3.2": 1, "3.3": 1, "6.1": 2, "7.1": 1}


def test_sin_figuras_lo_calculado_sube_de_nivel(corte: Corte) -> None:
    Figura.objects.filter(corte=corte, accion__isnull=True).delete()
    sin_declarar = tomar(corte)
    assert legible(sin_declarar.total.calculado or Decimal()) == "45.33"
    assert sin_declarar.discrepancias == ()


def test_el_documento_dice_lo_mismo_que_el_cuadro(del_informe: Cuadro) -> None:
    documento = documento_de(del_informe)
    assert cuadro_de(json.loads(json.dumps(documento))) == del_informe
    assert documento_de(cuadro_de(documento)) == documento
    assert documento["total"]["calculado"] == 44.57


def test_consultas_fijas(corte: Corte, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(2):
        with django_assert_num_queries(10):
            assert tomar(corte).acciones
        eje = corte.plan.ejes.create(numero=corte.plan.ejes.count() + 1, nombre="Otro")
        for numero in range(1, 20):
            accion = eje.compromisos.create(numero=numero, nombre="Otro").acciones.create(numero=1, texto="x")
            corte.figuras.create(accion=accion, declarado=numero).ligas.create(direccion="https://x.example/")
