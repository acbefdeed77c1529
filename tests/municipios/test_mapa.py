"""La geometría del mapa: 46 hexágonos que no se enciman, con su signo y lo que se lee de cada uno."""

import json
import math
from itertools import combinations

import pytest

from municipios import carga
from municipios.ciudadania import mapa
from municipios.documento import EtapaLeida, SituacionLeida

NOMBRES = {r["clave"]: r["nombre"] for r in carga.leer()}


def etapa(*avances: str, solo_total: bool = False) -> EtapaLeida:
    """Una etapa con una situación por cada avance dado."""
    situaciones = [SituacionLeida(f"s{n}", f"Situación {n}", a, 0) for n, a in enumerate(avances)]
    return EtapaLeida("etapa", "Etapa", "", solo_total, situaciones)


def test_cada_municipio_tiene_su_hexagono_y_ninguno_se_encima() -> None:
    celdas = mapa.celdas()
    assert {c.clave for c in celdas} == set(NOMBRES)
    distancias = [math.dist((a.x, a.y), (b.x, b.y)) for a, b in combinations(celdas, 2)]
    assert min(distancias) == pytest.approx(mapa.PASO_X, abs=0.2)


def test_todos_caben_en_la_caja() -> None:
    izquierda, ancho, alto = mapa.caja()
    for celda in mapa.celdas():
        assert izquierda <= celda.x - mapa.PASO_X / 2
        assert celda.x + mapa.PASO_X / 2 <= izquierda + ancho
        assert mapa.RADIO <= celda.y <= alto - mapa.RADIO


def test_se_leen_de_norte_a_sur_y_de_poniente_a_oriente() -> None:
    lugares = [(celda.y, celda.x) for celda in mapa.celdas()]
    assert lugares == sorted(lugares)
    filas = json.loads(mapa.ARCHIVO.read_text())["celdas"]
    assert mapa.celdas()[0].clave == next(c for c, v in filas.items() if v["fila"] == 0)


@pytest.mark.parametrize(
    ("etiqueta", "renglones"),
    [
        ("León", ("León",)),
        ("Guanajuato", ("Guanajuato",)),
        ("Sta. Catarina", ("Sta.", "Catarina")),
        ("S. Miguel A.", ("S. Miguel", "A.")),
    ],
)
def test_un_nombre_largo_se_parte_parejo(etiqueta: str, renglones: tuple[str, ...]) -> None:
    assert mapa.partir(etiqueta) == renglones


def test_cada_situacion_se_distingue_sin_color_aunque_su_avance_se_repita() -> None:
    signos = mapa.signos(
        etapa("sin_informacion", "en_proceso", "en_proceso", "cumplido", *["en_proceso"] * 3)
    )
    assert [s.letra for s in signos.values()] == list("ABCDEFG")
    assert [s.trama for s in signos.values()] == [
        "sin_informacion-1",
        "en_proceso-1",
        "en_proceso-2",
        "cumplido-1",
        "en_proceso-3",
        "en_proceso-3",
        "en_proceso-3",
    ]


def test_se_dice_el_municipio_y_su_situacion() -> None:
    de = etapa("sin_informacion", "cumplido")
    trazado = mapa.trazar(NOMBRES, de, dict.fromkeys(NOMBRES, "s1") | {"11020": "s0"}, "s0")
    leon = next(h for h in trazado.hexagonos if h.celda.clave == "11020")
    assert (leon.dicho, leon.signo.letra, leon.elegido) == ("León: situación 0", "A", True)
    assert sum(h.elegido for h in trazado.hexagonos) == 1
    assert len({h.dicho for h in trazado.hexagonos}) == 46


def test_si_solo_se_conoce_el_total_nadie_tiene_signo() -> None:
    trazado = mapa.trazar(NOMBRES, etapa("cumplido", solo_total=True), {})
    assert {h.signo.trama for h in trazado.hexagonos} == {mapa.SIN_DESGLOSE}
    assert trazado.hexagonos[0].dicho == "Ocampo: sin desglose"


def test_las_siglas_no_pierden_su_mayuscula() -> None:
    assert mapa.en_minuscula("PNUD participa") == "PNUD participa"
    assert mapa.en_minuscula("Sin información") == "sin información"
