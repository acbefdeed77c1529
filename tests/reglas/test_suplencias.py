"""Suplencias: vigencia por día, alcance por sesión y a quién se ofrece primero."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.suplencias import (
    TerminoSuplente,
    TerminoTitular,
    motivo_de_rechazo,
    quien_puede_sentarse,
    traslapan,
    vigente,
)

XVIII, XXI = dt.date(2020, 1, 18), dt.date(2020, 7, 10)
dias = st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31))


@st.composite
def periodos(draw: st.DrawFn) -> tuple[dt.date | None, dt.date | None]:
    """Dos fechas en orden; cualquiera puede faltar."""
    desde, hasta = draw(st.none() | dias), draw(st.none() | dias)
    return (hasta, desde) if desde and hasta and hasta < desde else (desde, hasta)


@st.composite
def suplencias(draw: st.DrawFn) -> TerminoSuplente:
    """Permanente o para una de tres sesiones."""
    desde, hasta = draw(periodos())
    return TerminoSuplente(
        draw(st.integers(1, 9)), desde, hasta, draw(st.none() | st.integers(1, 3)), "X/1/2020"
    )


titulares = st.builds(lambda n, p: TerminoTitular(n, *p), st.integers(1, 9), periodos())
sesiones = st.none() | st.integers(1, 3)


def test_dos_suplentes_sucesivas_del_legislativo() -> None:
    """S0: el oficio USAIL 058 designó a una suplente y el 598, después, a otra."""
    primera = TerminoSuplente(1, dt.date(2019, 4, 8), dt.date(2019, 12, 10), oficio="USAIL 058/2019")
    segunda = TerminoSuplente(2, dt.date(2019, 12, 11), oficio="USAIL 598/2019-LXIV-LEG")
    assert not traslapan(primera, segunda)
    assert quien_puede_sentarse([], [primera, segunda], XVIII) == [segunda]
    assert quien_puede_sentarse([], [primera, segunda], dt.date(2019, 12, 10)) == [primera]


def test_se_ofrece_titular_luego_la_de_esa_sesion_y_luego_la_permanente() -> None:
    titular = TerminoTitular(1)
    permanente, de_esta, de_otra = (TerminoSuplente(n, sesion=s) for n, s in ((2, None), (3, 18), (4, 17)))
    assert quien_puede_sentarse([titular], [permanente, de_otra, de_esta], XVIII, 18) == [
        titular,
        de_esta,
        permanente,
    ]


@pytest.mark.parametrize(
    ("suplencia", "al", "sesion", "motivo"),
    [
        (TerminoSuplente(1, oficio="A/1"), XVIII, 18, ""),
        (TerminoSuplente(1, sesion=18, oficio="A/1"), XVIII, 18, ""),
        (
            TerminoSuplente(1, sesion=17, oficio="A/1"),
            XVIII,
            18,
            "El oficio A/1 es para otra sesión: registra la suplencia para esta.",
        ),
        (
            TerminoSuplente(1, desde=XXI, oficio="A/1"),
            XVIII,
            18,
            "El oficio A/1 rige desde el 10 de julio de 2020: todavía no faculta en esta sesión.",
        ),
        (
            TerminoSuplente(1, hasta=XVIII),
            XXI,
            21,
            "La suplencia terminó el 18 de enero de 2020: registra una suplencia vigente.",
        ),
    ],
)
def test_el_motivo_de_rechazo_dice_que_hacer(
    suplencia: TerminoSuplente, al: dt.date, sesion: int, motivo: str
) -> None:
    assert motivo_de_rechazo(suplencia, al, sesion) == motivo


@given(suplencias(), dias, sesiones)
def test_se_rechaza_exactamente_lo_que_no_faculta(
    suplencia: TerminoSuplente, al: dt.date, sesion: int | None
) -> None:
    assert (motivo_de_rechazo(suplencia, al, sesion) == "") == vigente(suplencia, al, sesion)


@given(suplencias(), suplencias())
def test_el_traslape_es_simetrico_y_reflexivo(una: TerminoSuplente, otra: TerminoSuplente) -> None:
    assert traslapan(una, otra) == traslapan(otra, una)
    assert traslapan(una, una)


@given(suplencias(), suplencias(), dias)
def test_si_dos_facultan_el_mismo_dia_en_lo_mismo_se_traslapan(
    una: TerminoSuplente, otra: TerminoSuplente, al: dt.date
) -> None:
    ambas = vigente(una, al, una.sesion) and vigente(otra, al, otra.sesion)
    if ambas and una.sesion == otra.sesion:
        assert traslapan(una, otra)


@given(periodos(), periodos())
def test_se_traslapan_solo_si_comparten_un_dia(
    uno: tuple[dt.date | None, dt.date | None], otro: tuple[dt.date | None, dt.date | None]
) -> None:
    a, b = TerminoTitular(1, *uno), TerminoTitular(2, *otro)
    orillas = [d for d in (*uno, *otro) if d] or [XVIII]
    assert traslapan(a, b) == any(vigente(a, d) and vigente(b, d) for d in orillas)


@given(st.lists(titulares, max_size=4), st.lists(suplencias(), max_size=6), dias, sesiones)
def test_nadie_se_sienta_sin_facultad_ni_se_olvida(
    los_titulares: list[TerminoTitular], los_suplentes: list[TerminoSuplente], al: dt.date, sesion: int | None
) -> None:
    ofrecidos = quien_puede_sentarse(los_titulares, los_suplentes, al, sesion)
    facultados = [t for t in [*los_titulares, *los_suplentes] if vigente(t, al, sesion)]
    assert sorted(map(repr, ofrecidos)) == sorted(map(repr, facultados))
    suplentes = [t for t in ofrecidos if isinstance(t, TerminoSuplente)]
    assert suplentes == ofrecidos[len(ofrecidos) - len(suplentes) :]
    assert [s.sesion is None for s in suplentes] == sorted(s.sesion is None for s in suplentes)
