"""Lo que se pide de un conjunto se lee igual en todos lados; lo que no se entiende se dice con su campo."""

import datetime as dt

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from stl_portal.datos.filtros import FiltroMalo, leer
from stl_portal.datos.registro import Conjunto, Filtro, Tipo
from tests.datos.muestra import MUESTRA, NACIO, crear


def _ids(conjunto: Conjunto, pedido: str) -> list[object]:
    return [fila[0] for fila in leer(conjunto, QueryDict(pedido)).filas()]


@pytest.mark.parametrize(
    ("pedido", "cuales"),
    [
        ("", [0, 1, 2, 3, 4, 5]),
        ("estado=enviado", [1, 3, 5]),
        ("desde=2026-03-04", [3, 4, 5]),
        ("hasta_el_dia=2026-03-02", [0, 1]),
        ("anio=2026", [0, 1, 2, 3, 4, 5]),
        ("anio=2025", []),
        ("anio_del_dia=2026&intentos=3", [3]),
        ("salio=true", [0, 2, 4]),
        ("estado=enviado&desde=2026-03-04&intentos=5", [5]),
        ("estado=&anio=", [0, 1, 2, 3, 4, 5]),
        ("asunto=%2B1", [1]),
        ("asunto=nada", []),
        ("fbclid=x&utm_source=red&intentos=2", [2]),
    ],
)
def test_cada_filtro_deja_solo_lo_pedido(muestra: Conjunto, pedido: str, cuales: list[int]) -> None:
    crear(6)
    crear(2, desde=6, estado="fallido")
    assert _ids(muestra, pedido) == [f"aviso/{n}" for n in cuales]


@pytest.mark.parametrize(
    ("pedido", "campo", "frase"),
    [
        ("anio=ayer", "anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
        ("anio=0", "anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
        ("anio=99999", "anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
        ("anio=٢٠٢٦", "anio", "«anio» debe ser un año de cuatro cifras, como 2026."),
        ("intentos=-1", "intentos", "«intentos» debe ser un número entero, como 3."),
        ("intentos=99999999999999999999", "intentos", "«intentos» debe ser un número entero, como 3."),
        ("desde=31/03/2026", "desde", "«desde» debe ser una fecha AAAA-MM-DD, como 2026-03-31."),
        ("desde=2026-02-30", "desde", "«desde» debe ser una fecha AAAA-MM-DD, como 2026-03-31."),
        ("salio=quizá", "salio", "«salio» solo puede ser true o false."),
        ("estado=fallido", "estado", "«estado» solo puede ser: pendiente, enviado."),
        ("asunto=%00", "asunto", "«asunto» es un texto de hasta 200 caracteres."),
        (
            "estado=enviado&estado=pendiente",
            "estado",
            "«estado» viene más de una vez; se filtra por un solo valor.",
        ),
        (
            "anoi=2026",
            "anoi",
            "No hay un filtro «anoi». Se puede filtrar por: estado, anio, desde,"
            " hasta_el_dia, anio_del_dia, intentos, salio, asunto.",
        ),
    ],
)
def test_lo_que_no_se_entiende_dice_su_campo(muestra: Conjunto, pedido: str, campo: str, frase: str) -> None:
    with pytest.raises(FiltroMalo) as malo:
        leer(muestra, QueryDict(pedido))
    assert (malo.value.campo, malo.value.frase) == (campo, frase)


def test_quien_llama_puede_admitir_otros_nombres(muestra: Conjunto) -> None:
    assert leer(muestra, QueryDict("limite=7&anio=2026"), ademas=("limite",)).valores == {"anio": 2026}


def test_una_celda_vacia_no_cumple_ningun_filtro() -> None:
    desde = Filtro("desde", Tipo.FECHA, "", "", "dia", "desde")
    assert not desde.pasa(None, dt.date(2026, 1, 1))
    assert desde.pasa(NACIO, dt.date(2026, 3, 1))


class CualquierCosa(TestCase):
    """Con lo que sea que pidan, hay filas o una frase: nunca otra falla."""

    @given(st.dictionaries(st.sampled_from([f.nombre for f in MUESTRA.filtros]) | st.text(), st.text()))
    def test_cualquier_cosa_da_filas_o_una_frase(self, pedido: dict[str, str]) -> None:
        consulta = QueryDict(mutable=True)
        consulta.update(pedido)
        try:
            assert list(leer(MUESTRA, consulta).filas()) == []
        except FiltroMalo as malo:
            if not malo.frase:
                raise
