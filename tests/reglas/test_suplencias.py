"""Suplencias: vigencia por día, alcance por sesión y a quién se ofrece primero."""

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.suplencias import faculta, motivo_de_rechazo, quien_puede_sentarse
from stl_portal.vigencia import dentro


@dataclass(frozen=True)
class Titular:
    """Lo que las reglas miran de un nombramiento."""

    persona: int
    vigente_desde: dt.date | None = None
    vigente_hasta: dt.date | None = None


@dataclass(frozen=True)
class Suplente(Titular):
    """Lo que las reglas miran de una suplencia."""

    sesion_id: int | None = None


XVIII, XXI = dt.date(2020, 1, 18), dt.date(2020, 7, 10)
dias = st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31))


@st.composite
def periodos(draw: st.DrawFn) -> tuple[dt.date | None, dt.date | None]:
    """Dos fechas en orden; cualquiera puede faltar."""
    desde, hasta = draw(st.none() | dias), draw(st.none() | dias)
    return (hasta, desde) if desde and hasta and hasta < desde else (desde, hasta)


@st.composite
def suplencias(draw: st.DrawFn) -> Suplente:
    """Permanente o para una de tres sesiones."""
    desde, hasta = draw(periodos())
    return Suplente(draw(st.integers(1, 9)), desde, hasta, draw(st.none() | st.integers(1, 3)))


titulares = st.builds(lambda n, p: Titular(n, *p), st.integers(1, 9), periodos())
sesiones = st.none() | st.integers(1, 3)


def test_dos_suplentes_sucesivas_del_legislativo() -> None:
    """S0: el oficio USAIL 058 designó a una suplente y el 598, después, a otra."""
    primera = Suplente(1, dt.date(2019, 4, 8), dt.date(2019, 12, 10))
    segunda = Suplente(2, dt.date(2019, 12, 11))
    assert quien_puede_sentarse([], [primera, segunda], XVIII) == [segunda]
    assert quien_puede_sentarse([], [primera, segunda], dt.date(2019, 12, 10)) == [primera]


def test_se_ofrece_titular_luego_la_de_esa_sesion_y_luego_la_permanente() -> None:
    titular = Titular(1)
    permanente, de_esta, de_otra = (Suplente(n, sesion_id=s) for n, s in ((2, None), (3, 18), (4, 17)))
    assert quien_puede_sentarse([titular], [permanente, de_otra, de_esta], XVIII, 18) == [
        titular,
        de_esta,
        permanente,
    ]


@pytest.mark.parametrize(
    ("suplencia", "al", "sesion", "folio", "motivo"),
    [
        (Suplente(1), XVIII, 18, "A/1", ""),
        (Suplente(1, sesion_id=18), XVIII, 18, "A/1", ""),
        (
            Suplente(1, sesion_id=17),
            XVIII,
            18,
            "A/1",
            "El oficio A/1 es para otra sesión: registra la suplencia para esta.",
        ),
        (
            Suplente(1, vigente_desde=XXI),
            XVIII,
            18,
            "A/1",
            "El oficio A/1 rige desde el 10 de julio de 2020: todavía no faculta en esta sesión.",
        ),
        (
            Suplente(1, vigente_hasta=XVIII),
            XXI,
            21,
            "",
            "La suplencia terminó el 18 de enero de 2020: registra una suplencia vigente.",
        ),
    ],
)
def test_el_motivo_de_rechazo_dice_que_hacer(
    suplencia: Suplente, al: dt.date, sesion: int, folio: str, motivo: str
) -> None:
    assert motivo_de_rechazo(suplencia, al, sesion, folio) == motivo


@given(suplencias(), dias, sesiones)
def test_se_rechaza_exactamente_lo_que_no_faculta(
    suplencia: Suplente, al: dt.date, sesion: int | None
) -> None:
    assert (motivo_de_rechazo(suplencia, al, sesion) == "") == faculta(suplencia, al, sesion)


@given(st.lists(titulares, max_size=4), st.lists(suplencias(), max_size=6), dias, sesiones)
def test_nadie_se_sienta_sin_facultad_ni_se_olvida(
    los_titulares: list[Titular], los_suplentes: list[Suplente], al: dt.date, sesion: int | None
) -> None:
    ofrecidos = quien_puede_sentarse(los_titulares, los_suplentes, al, sesion)
    facultados = [t for t in los_titulares if dentro(t.vigente_desde, t.vigente_hasta, al)]
    facultados += [s for s in los_suplentes if faculta(s, al, sesion)]
    assert sorted(map(repr, ofrecidos)) == sorted(map(repr, facultados))
    suplentes = [t for t in ofrecidos if isinstance(t, Suplente)]
    assert suplentes == ofrecidos[len(ofrecidos) - len(suplentes) :]
    assert [s.sesion_id is None for s in suplentes] == sorted(s.sesion_id is None for s in suplentes)
