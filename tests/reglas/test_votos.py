"""Votaciones: mayorías, empates, voto de calidad y lo que ninguna votación puede hacer."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sesiones.votos import Conteo, Mayoria, ResultadoVoto, Sentido, requeridos, resolver

MAYORIAS: tuple[Mayoria, ...] = ("simple", "absoluta", "calificada", "unanimidad")


@pytest.mark.parametrize(
    ("votos", "padron", "mayoria", "aprobado", "necesarios"),
    [
        ((8, 0, 0), 8, "simple", True, 1),
        ((5, 1, 2), 8, "simple", True, 2),
        ((3, 4, 1), 8, "simple", False, 5),
        ((1, 0, 7), 8, "simple", True, 1),
        ((0, 0, 8), 8, "simple", False, 1),
        ((4, 0, 4), 8, "absoluta", False, 5),
        ((5, 3, 0), 8, "absoluta", True, 5),
        ((5, 4, 0), 9, "absoluta", True, 5),
        ((6, 2, 0), 8, "calificada", True, 6),
        ((5, 3, 0), 8, "calificada", False, 6),
        ((6, 3, 0), 9, "calificada", True, 6),
        ((8, 0, 0), 8, "unanimidad", True, 8),
        ((7, 0, 1), 8, "unanimidad", False, 8),
    ],
)
def test_cada_mayoria(
    votos: tuple[int, int, int], padron: int, mayoria: Mayoria, aprobado: bool, necesarios: int
) -> None:
    resultado = resolver(Conteo(*votos), padron, mayoria)
    assert (resultado.aprobado, resultado.requeridos) == (aprobado, necesarios)


@pytest.mark.parametrize(
    ("conteo", "padron", "mayoria", "calidad", "frase"),
    [
        (Conteo(7, 0, 0), 7, "simple", None, "aprobado por unanimidad de votos"),
        (
            Conteo(5, 1, 2),
            8,
            "simple",
            None,
            "aprobado por mayoría de votos: 5 a favor, 1 en contra y 2 abstenciones",
        ),
        (
            Conteo(6, 0, 1),
            8,
            "simple",
            None,
            "aprobado por mayoría de votos: 6 a favor, 1 abstención y 1 no votó",
        ),
        (
            Conteo(6, 2, 0),
            8,
            "calificada",
            None,
            "aprobado por mayoría calificada de votos: 6 a favor y 2 en contra",
        ),
        (Conteo(2, 6, 0), 8, "simple", None, "no aprobado: 2 a favor y 6 en contra"),
        (
            Conteo(4, 4, 0),
            8,
            "absoluta",
            "a_favor",
            "aprobado por mayoría absoluta de votos: 4 a favor y 4 en contra, "
            "con el voto de calidad de la presidencia",
        ),
    ],
)
def test_como_se_dice(
    conteo: Conteo, padron: int, mayoria: Mayoria, calidad: Sentido | None, frase: str
) -> None:
    assert resolver(conteo, padron, mayoria, voto_calidad=calidad).frase == frase


@pytest.mark.parametrize(("calidad", "aprobado"), [(None, False), ("a_favor", True), ("en_contra", False)])
def test_el_voto_de_calidad_desempata(calidad: Sentido | None, aprobado: bool) -> None:
    resultado = resolver(Conteo(4, 4, 0), 8, "simple", voto_calidad=calidad)
    assert (resultado.empate, resultado.aprobado) == (True, aprobado)


def test_el_voto_de_calidad_no_alcanza_una_mayoria_absoluta_lejana() -> None:
    assert not resolver(Conteo(3, 3, 2), 8, "absoluta", voto_calidad="a_favor").aprobado


@pytest.mark.parametrize(
    ("conteo", "padron", "mayoria", "calidad", "dice"),
    [
        (Conteo(5, 3, 1), 8, "simple", None, "9 votos y solo 8"),
        (Conteo(0, 0, 0), 0, "simple", None, "quien pueda votar"),
        (Conteo(5, 3, 0), 8, "simple", "a_favor", "empate"),
        (Conteo(0, 0, 8), 8, "simple", "a_favor", "empate"),
        (Conteo(4, 4, 0), 8, "calificada", "a_favor", "no sustituye"),
        (Conteo(4, 4, 0), 8, "simple", "abstencion", "a favor o en contra"),
        (Conteo(4, 4, 0), 8, "amplia", None, "mayoría conocida"),
    ],
)
def test_lo_que_no_procede_se_explica(
    conteo: Conteo, padron: int, mayoria: Mayoria, calidad: Sentido | None, dice: str
) -> None:
    with pytest.raises(ValueError, match=dice):
        resolver(conteo, padron, mayoria, voto_calidad=calidad)


def test_no_hay_votos_negativos() -> None:
    with pytest.raises(ValueError, match="negativos"):
        Conteo(3, -1, 0)


@pytest.mark.parametrize("fraccion", [Fraction(0), Fraction(1, 2), Fraction(3, 2)])
def test_la_fraccion_calificada_pasa_de_la_mitad(fraccion: Fraction) -> None:
    with pytest.raises(ValueError, match="fracción"):
        resolver(Conteo(1, 0, 0), 1, "calificada", fraccion=fraccion)


votos = st.integers(0, 30)
conteos = st.builds(Conteo, votos, votos, votos, votos)
mayorias = st.sampled_from(MAYORIAS)
fracciones = st.fractions(Fraction(1, 2), 1, max_denominator=12).filter(lambda f: f > Fraction(1, 2))


@given(conteos, mayorias, fracciones)
def test_la_votacion_es_coherente(conteo: Conteo, mayoria: Mayoria, fraccion: Fraction) -> None:
    assume(conteo.total)
    resultado = resolver(conteo, conteo.total, mayoria, fraccion=fraccion)
    assert resultado.aprobado == (conteo.a_favor >= resultado.requeridos)
    assert resultado.unanimidad == (conteo.a_favor == conteo.total)
    assert not (resultado.unanimidad and not resultado.aprobado)
    assert not (resultado.empate and resultado.aprobado)
    assert ("no aprobado" in resultado.frase) == (not resultado.aprobado)
    assert len(resultado.frase) <= 250


@given(conteos, mayorias)
def test_un_voto_mas_a_favor_nunca_reprueba(conteo: Conteo, mayoria: Mayoria) -> None:
    assume(conteo.abstenciones)
    padron = conteo.total
    mejor = Conteo(conteo.a_favor + 1, conteo.en_contra, conteo.abstenciones - 1, conteo.no_votaron)
    assert resolver(mejor, padron, mayoria).aprobado >= resolver(conteo, padron, mayoria).aprobado


@given(conteos, mayorias, st.integers(0, 10))
def test_no_votar_es_lo_mismo_dicho_o_callado(conteo: Conteo, mayoria: Mayoria, callados: int) -> None:
    assume(conteo.total + callados)
    padron = conteo.total + callados
    dicho = Conteo(conteo.a_favor, conteo.en_contra, conteo.abstenciones, conteo.no_votaron + callados)
    assert resolver(conteo, padron, mayoria) == resolver(dicho, padron, mayoria)


@given(conteos)
def test_cada_mayoria_es_mas_exigente_que_la_anterior(conteo: Conteo) -> None:
    assume(conteo.total)
    aprueban = [resolver(conteo, conteo.total, m).aprobado for m in MAYORIAS]
    assert aprueban == sorted(aprueban, reverse=True)


@given(st.integers(1, 30), votos, votos, st.sampled_from(["simple", "absoluta"]))
def test_los_dos_votos_de_calidad_son_opuestos_o_no_alcanzan(
    iguales: int, abstenciones: int, ausentes: int, mayoria: Mayoria
) -> None:
    conteo = Conteo(iguales, iguales, abstenciones, ausentes)

    def con(sentido: Sentido) -> ResultadoVoto:
        return resolver(conteo, conteo.total, mayoria, voto_calidad=sentido)

    assert not con("en_contra").aprobado
    assert con("a_favor").aprobado == (iguales + 1 >= requeridos(conteo, conteo.total, mayoria))
