"""Qué respaldos se quedan: propiedades que valen para cualquier historia."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from stl_portal.respaldo.retencion import Cuantos, se_quedan

INSTANTES = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2027, 1, 1), timezones=st.just(dt.UTC))
HISTORIAS = st.sets(INSTANTES, max_size=60)
CUANTOS = st.builds(Cuantos, st.integers(0, 10), st.integers(0, 6), st.integers(0, 14))
DE_FABRICA = Cuantos(7, 5, 12)


@given(HISTORIAS, CUANTOS)
def test_no_inventa_conserva_el_mas_nuevo_y_no_pasa_del_tope(hechos: set[dt.datetime], c: Cuantos) -> None:
    quedan = se_quedan(hechos, c)
    assert quedan <= hechos
    assert not hechos or max(hechos) in quedan
    assert len(quedan) <= 1 + c.diarios + c.semanales + c.mensuales


@given(HISTORIAS, CUANTOS)
def test_repetirla_no_borra_mas(hechos: set[dt.datetime], c: Cuantos) -> None:
    quedan = se_quedan(hechos, c)
    assert se_quedan(quedan, c) == quedan


@given(HISTORIAS, CUANTOS)
def test_de_cada_periodo_contado_queda_el_mas_nuevo(hechos: set[dt.datetime], c: Cuantos) -> None:
    quedan = se_quedan(hechos, c)
    por_dia = {h.date(): max(x for x in hechos if x.date() == h.date()) for h in hechos}
    assert {por_dia[dia] for dia in sorted(por_dia)[::-1][: c.diarios]} <= quedan
    meses = sorted({(h.year, h.month) for h in hechos})[::-1][: c.mensuales]
    assert {max(h for h in hechos if (h.year, h.month) == mes) for mes in meses} <= quedan


@given(HISTORIAS, CUANTOS)
def test_borrar_cada_dia_deja_lo_mismo_que_borrar_al_final(hechos: set[dt.datetime], c: Cuantos) -> None:
    hay: set[dt.datetime] = set()
    for hecho in sorted(hechos):
        hay = se_quedan({*hay, hecho}, c)
    assert hay == se_quedan(hechos, c)


def test_un_ano_de_respaldos_diarios() -> None:
    ultimo = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)  # domingo
    quedan = se_quedan({ultimo - dt.timedelta(days=n) for n in range(365)}, DE_FABRICA)
    meses = [22, 53, 83, 114, 145, 175, 206, 236, 267, 295, 326]  # el último día de cada uno
    domingos = [7, 14, 21, 28]
    assert {(ultimo - h).days for h in quedan} == {*range(7), *domingos, *meses}
