"""Lo escrito se entiende o se recorta y se dice; nunca falla."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.buscador.consulta import LETRAS, PARTES, leer


def dichas(q: str) -> list[tuple[str, ...]]:
    return [parte.raices for parte in leer(q).partes]


@pytest.mark.parametrize(
    ("q", "partes"),
    [
        ("acuerdos de transparencia", [("acuerd",), ("transparent",)]),
        ('"orden del día"', [("orden", "del", "di")]),
        ("«orden del día» acta", [("orden", "del", "di"), ("act",)]),
        ('"sin cerrar', [("cerr",)]),
        ("1.5.3", [("1", "5", "3")]),
        ("de la", [("de",), ("la",)]),
        ("¿Qué se decidió sobre los baches y se cumplió?", [("bach",)]),
        ("cumplió", [("cumpl",)]),
        ("", []),
        ("¡! ()*&|:", []),
        ("acta acta ACTA", [("act",), ("act",)]),
        ("a AND b NEAR/2 c*", [("and",), ("b",), ("near", "2"), ("c",)]),
    ],
)
def test_se_parte_en_palabras_y_frases(q: str, partes: list[tuple[str, ...]]) -> None:
    assert dichas(q) == partes


def test_solo_la_ultima_palabra_suelta_se_completa() -> None:
    assert [p.prefijo for p in leer("acuerdos trans").partes] == ["", "trans"]
    assert [p.prefijo for p in leer('trans "acuerdos"').partes] == ["", ""]
    assert [p.prefijo for p in leer("ab").partes] == [""]
    assert leer("transparenc").partes[0].es("transparent")
    assert not leer("transparencia acta").partes[0].es("transparentar")


def test_lo_que_se_recorta_se_dice() -> None:
    largo = leer("palabra " * 2000)
    assert largo.escrito == ("palabra " * 2000)[:LETRAS].strip()
    assert largo.avisos == (f"Es muy largo: se buscaron los primeros {LETRAS} caracteres.",)
    muchas = leer(" ".join(f"p{n}" for n in range(30)))
    assert (len(muchas.partes), muchas.avisos) == (
        PARTES,
        (f"Son muchas palabras: se buscaron las primeras {PARTES}.",),
    )
    assert leer("¡¿?!").avisos == ("Escribe al menos una letra o un número: los signos no se buscan.",)
    assert leer("acta").avisos == ()


@given(st.text(max_size=400))
def test_con_cualquier_cosa_hay_una_consulta(texto: str) -> None:
    consulta = leer(texto)
    assert len(consulta.escrito) <= LETRAS
    assert "\0" not in consulta.escrito
    assert all(raiz.isascii() and raiz.isalnum() for parte in consulta.partes for raiz in parte.raices)
