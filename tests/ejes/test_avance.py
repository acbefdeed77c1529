"""Avance: la tabla del informe parcial, renglón por renglón, y lo que ninguna fórmula puede hacer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejes.avance import (
    CERO,
    CIEN,
    Cifra,
    Formula,
    Nivel,
    Trato,
    Umbrales,
    calcular,
    coincide,
    legible,
    nivel,
    por_alcanzar,
)

porcentajes = st.decimals(min_value=0, max_value=100, places=2)
cifras = st.builds(Cifra, porcentajes | st.none(), peso=st.decimals(min_value=0, max_value=50, places=1))
formulas = st.sampled_from(Formula.values)
tratos = st.sampled_from(Trato.values)


def de(*valores: int | None) -> list[Cifra]:
    """Cifras declaradas; None es un avance dicho con palabras."""
    return [Cifra() if v is None else Cifra(Decimal(v)) for v in valores]


@pytest.mark.parametrize(
    ("declarado", "partes", "resulta", "igual"),
    [
        (30, (60, None), "30", True),
        (None, (None,), None, True),
        (100, (100, 100), "100", True),
        (100, (100,), "100", True),
        (23, (35, 10, 100, None), "36.25", False),
        (35, (30, 37), "33.5", False),
        (34, (34, 34), "34", True),
        (61, (100, 50, 33), "61", True),
        (100, (100, 100, 100), "100", True),
        (33, (33, 33, 34), "33.33", True),
        (42, (25, 20, 70, 70), "46.25", False),
        (30, (30, 30, 30), "30", True),
        (56, (45, 43, 80), "56", True),
        (51, (30, None, 100, 100, 23), "50.6", True),
        (65, (34, 61, 100), "65", True),
        (42, (51, 35, 65, 33, 42, 30, 56), "44.57", False),
        (42, (30, None, 100, 100, 23, 35, 34, 61, 100, 33, 42, 30, 56), "49.54", False),
    ],
)
def test_la_tabla_del_informe(
    declarado: int | None, partes: tuple[int | None, ...], resulta: str | None, igual: bool
) -> None:
    calculado = calcular(de(*partes), Formula.MEDIA, Trato.CERO)
    assert (None if calculado is None else legible(calculado)) == resulta
    assert coincide(None if declarado is None else Decimal(declarado), calculado) is igual


def test_el_1_1_solo_coincide_si_las_palabras_valen_cero() -> None:
    assert calcular(de(60, None), Formula.MEDIA, Trato.OMITIR) == 60


def test_pesos_que_suman_cero_no_dan_cifra() -> None:
    assert calcular([Cifra(CIEN, peso=CERO)], Formula.PONDERADA, Trato.CERO) is None


@given(st.lists(cifras, min_size=1), formulas, tratos)
def test_queda_entre_la_menor_y_la_mayor(partes: list[Cifra], formula: str, trato: str) -> None:
    resultado = calcular(partes, formula, trato)
    valores = [v for parte in partes if (v := parte.vale(trato)) is not None]
    assert resultado is None or min(valores) <= resultado <= max(valores)


@given(st.lists(cifras), formulas, tratos, st.randoms())
def test_no_importa_el_orden(partes: list[Cifra], formula: str, trato: str, azar: object) -> None:
    revueltas = sorted(partes, key=lambda _: azar.random())  # type: ignore[attr-defined]
    uno, otro = calcular(partes, formula, trato), calcular(revueltas, formula, trato)
    assert (uno is None) is (otro is None)
    assert uno is None or otro is None or abs(uno - otro) < Decimal("1e-20")


@given(st.lists(cifras, min_size=1), formulas, st.integers(0, 100))
def test_avanzar_nunca_baja_el_resultado(partes: list[Cifra], formula: str, cual: int) -> None:
    i = cual % len(partes)
    avanzadas = [*partes[:i], Cifra(CIEN, peso=partes[i].peso), *partes[i + 1 :]]
    antes, ahora = (calcular(x, formula, Trato.CERO) for x in (partes, avanzadas))
    assert antes is None or ahora is None or ahora >= antes - Decimal("1e-20")


@given(porcentajes, formulas, st.integers(1, 9))
def test_todas_iguales_dan_lo_mismo(porcentaje: Decimal, formula: str, cuantas: int) -> None:
    assert calcular([Cifra(porcentaje)] * cuantas, formula, Trato.CERO) == porcentaje


@given(st.lists(cifras), tratos)
def test_solo_palabras_no_es_cero(partes: list[Cifra], trato: str) -> None:
    sin_numero = [Cifra(textual="en diseño", peso=parte.peso) for parte in partes]
    assert calcular(sin_numero, Formula.MEDIA, trato) is None


@given(porcentajes | st.none())
def test_cada_porcentaje_tiene_un_nivel_y_su_resto(porcentaje: Decimal | None) -> None:
    assert nivel(porcentaje, Umbrales()) in Nivel
    resto = por_alcanzar(porcentaje)
    assert porcentaje is None or (resto is not None and resto + porcentaje == CIEN)


@pytest.mark.parametrize(
    ("porcentaje", "esperado"),
    [(None, "no_iniciado"), (0, "no_iniciado"), (1, "limitado"), (50, "sustancial"), (100, "completado")],
)
def test_los_niveles_de_la_ogp(porcentaje: int | None, esperado: str) -> None:
    assert nivel(None if porcentaje is None else Decimal(porcentaje), Umbrales()) == esperado


@pytest.mark.parametrize("porcentaje", [-1, Decimal("100.01")])
def test_fuera_de_rango_no_hay_cifra(porcentaje: Decimal) -> None:
    with pytest.raises(ValueError, match="0 a 100"):
        Cifra(Decimal(porcentaje))


def test_umbrales_en_orden() -> None:
    with pytest.raises(ValueError, match="menor a mayor"):
        Umbrales(limitado=Decimal(60))
