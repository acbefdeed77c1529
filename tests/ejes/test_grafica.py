"""La geometría de las gráficas: todo cabe en la caja y se lee en el orden del tiempo."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejes.ciudadania import grafica
from ejes.ciudadania.grafica import ALTO, ANCHO

PORCENTAJE = st.none() | st.decimals(0, 100, places=2)
CANTIDAD = st.none() | st.decimals(Decimal("-1e11"), Decimal("1e11"), places=4)
CORTAS = st.lists(PORCENTAJE, min_size=2, max_size=40)


def dentro(x: float, y: float) -> bool:
    return 0 <= x <= ANCHO and 0 <= y <= ALTO


def pasos(trazo: str) -> list[tuple[str, float, float]]:
    """Cada paso del trazo: la pluma y su punto."""
    hallados = re.findall(r"([ML]) (\S+) (\S+)", trazo)
    return [(pluma, float(x), float(y)) for pluma, x, y in hallados]


@given(CORTAS)
def test_las_lineas_caben_y_avanzan(serie: list[Decimal | None]) -> None:
    g = grafica.lineas({"Declarado": serie}, [str(i) for i in range(len(serie))])
    cifras = [v for v in serie if v is not None]
    if len(cifras) < 2:
        assert g is None
        return
    assert g is not None
    (linea,) = g.lineas
    puntos = pasos(linea.trazo)
    assert len(puntos) == len(linea.marcas) == len(cifras)
    assert all(dentro(x, y) for _, x, y in puntos)
    assert [x for _, x, _ in puntos] == sorted({x for _, x, _ in puntos})
    assert all(dentro(r.x, g.piso) for r in g.rotulos)


@given(CORTAS)
def test_la_pluma_se_levanta_donde_no_hay_cifra(serie: list[Decimal | None]) -> None:
    g = grafica.lineas({"Declarado": serie}, [""] * len(serie))
    if g is None:
        return
    unidas = sum(a is not None and b is not None for a, b in pairwise(serie))
    assert [pluma for pluma, _, _ in pasos(g.lineas[0].trazo)].count("L") == unidas


@given(st.lists(st.decimals(0, 100, places=2), min_size=2, max_size=12))
def test_mas_avance_se_dibuja_mas_arriba(serie: list[Decimal]) -> None:
    g = grafica.lineas({"Declarado": serie}, [""] * len(serie))
    assert g is not None
    por_cifra = sorted(zip(serie, g.lineas[0].marcas, strict=True), key=lambda par: par[0])
    alturas = [marca.y for _, marca in por_cifra]
    assert alturas == sorted(alturas, reverse=True)


@given(st.lists(CANTIDAD, min_size=1, max_size=40), st.dictionaries(st.text(), CANTIDAD, max_size=2))
def test_las_columnas_caben_y_no_se_enciman(
    valores: list[Decimal | None], extras: dict[str, Decimal | None]
) -> None:
    referencias = {nombre: valor for nombre, valor in extras.items() if valor is not None}
    g = grafica.columnas(valores, [""] * len(valores), referencias)
    if all(valor is None for valor in valores):
        assert g is None
        return
    assert g is not None
    assert len(g.columnas) == sum(valor is not None for valor in valores)
    for c in g.columnas:
        assert dentro(c.x, c.y)
        assert dentro(c.x + c.ancho, round(c.y + c.alto, 1))
    for a, b in pairwise(g.columnas):
        assert a.x + a.ancho <= b.x
    assert all(dentro(0, r.y) for r in (*g.referencias, *g.guias))


@given(st.lists(st.decimals(Decimal("-1e11"), Decimal("1e11"), places=4), min_size=1, max_size=9))
def test_la_escala_incluye_el_cero_y_todas_las_cifras(cifras: list[Decimal]) -> None:
    escala = grafica.escala_de(cifras)
    dibujadas = [float(cifra) for cifra in cifras]  # el dibujo no distingue 0.015 de su vecino binario
    assert escala.minimo <= min(0.0, *dibujadas)
    assert escala.maximo >= max(0.0, *dibujadas)
    assert escala.minimo < escala.maximo
    assert len(escala.guias) <= 8


@given(st.lists(PORCENTAJE, max_size=30))
def test_la_linea_pequena_cabe_en_su_caja(serie: list[Decimal | None]) -> None:
    puntos = [tuple(map(float, par.split(","))) for par in grafica.chispa(serie).split()]
    cifras = [v for v in serie if v is not None]
    assert len(puntos) == (len(cifras) if len(cifras) > 1 else 0)
    assert all(0 <= x <= 100 and 0 <= y <= 24 for x, y in puntos)


def test_cada_serie_lleva_una_cifra_por_rotulo() -> None:
    with pytest.raises(ValueError, match="zip"):
        grafica.lineas({"Declarado": [Decimal(1), Decimal(2)]}, ["uno", "dos", "tres"])


def test_solo_se_escriben_los_rotulos_que_caben_y_siempre_el_ultimo() -> None:
    g = grafica.lineas({"Declarado": [Decimal(1)] * 20}, [str(i) for i in range(20)])
    assert g is not None
    assert [r.texto for r in g.rotulos] == ["4", "9", "14", "19"]
    assert g.rotulos[-1].ancla == "end"


@pytest.mark.parametrize(
    ("valor", "dicho"),
    [("0.5", "0.5"), ("1500", "1500"), ("15000", "15 mil"), ("2500000", "2.5 M"), ("-3", "-3")],
)
def test_la_cifra_de_la_columna_cabe(valor: str, dicho: str) -> None:
    g = grafica.columnas([Decimal(valor)], ["Bim. 1"], {})
    assert g is not None
    assert g.columnas[0].texto == dicho


@given(st.lists(CANTIDAD, min_size=1, max_size=8))
def test_la_cifra_de_la_columna_mas_alta_cabe_entera(valores: list[Decimal | None]) -> None:
    g = grafica.columnas(valores, [""] * len(valores), {})
    assert all(c.arriba >= grafica.LETRA for c in (g.columnas if g else ()))
    assert grafica.ARRIBA - 4 >= grafica.LETRA
