"""Las listas de hechos son completas, tienen fuente y la comparación distingue lo que falta."""

import re

import pytest

from tests.hechos import Hecho, cargar, faltantes

MINIMOS = {"acta-xxi": 60, "acta-xviii": 80}
FUENTE = {"acta-xxi": r"S2:\d+(-\d+)?", "acta-xviii": r"S0:\d+(-\d+)?"}
RENGLONES = {"acta-xxi": 245, "acta-xviii": 1070}


@pytest.mark.parametrize("nombre", MINIMOS)
def test_hay_hechos_suficientes_y_ninguno_se_repite(nombre: str) -> None:
    hechos = cargar(nombre)
    assert len(hechos) >= MINIMOS[nombre]
    assert len({hecho.clave for hecho in hechos}) == len(hechos)


@pytest.mark.parametrize("nombre", MINIMOS)
def test_todo_hecho_cita_un_renglon_que_existe(nombre: str) -> None:
    for hecho in cargar(nombre):
        assert re.fullmatch(FUENTE[nombre], hecho.fuente), hecho.clave
        assert max(map(int, re.findall(r"\d+", hecho.fuente)[1:])) <= RENGLONES[nombre], hecho.clave


@pytest.mark.parametrize("nombre", MINIMOS)
def test_los_hechos_son_datos_y_no_parrafos(nombre: str) -> None:
    largos = [h.clave for h in cargar(nombre) for forma in h.formas if len(forma.split()) > 20]
    assert largos == []


def test_la_XVIII_tiene_nueve_acuerdos_y_ocho_firmas_contra_siete_en_quorum() -> None:
    claves = [hecho.clave for hecho in cargar("acta-xviii")]
    assert sum(bool(re.fullmatch(r"acuerdo-\d", clave)) for clave in claves) == 9
    assert sum(clave.startswith("firma-") for clave in claves) == 8
    assert sum(clave.startswith("quorum-") for clave in claves) == 7


def test_la_XXI_tiene_once_nombres_y_diez_firmas() -> None:
    claves = [hecho.clave for hecho in cargar("acta-xxi")]
    assert sum(clave.startswith("asiste-") for clave in claves) == 11
    assert sum(clave.startswith("firma-") for clave in claves) == 10


def test_un_texto_vacio_no_dice_nada() -> None:
    hechos = cargar("acta-xxi")
    assert len(faltantes(hechos, "")) == len(hechos)


def test_se_ignoran_espacios_mayusculas_y_division_de_palabras_pero_no_los_acentos() -> None:
    hechos = [Hecho("a", ("Comisión Nacional",), "S2:1"), Hecho("b", ("junio-julio",), "S2:2")]
    assert faltantes(hechos, "la COMI-\n  SIÓN\n nacional, bimestre junio-\njulio") == []
    assert faltantes(hechos, "la comision nacional, junio julio") == [
        "a (S2:1): Comisión Nacional",
        "b (S2:2): junio-julio",
    ]


def test_las_veces_se_cuentan_sumando_las_formas() -> None:
    hecho = Hecho("c", ("11:18", "once dieciocho"), "S2:12", veces=2)
    assert faltantes([hecho], "cierra 11:18") == ["c (S2:12): 11:18 / once dieciocho"]
    assert faltantes([hecho], "cierra 11:18, a las once dieciocho") == []
