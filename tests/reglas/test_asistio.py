"""Cuántas veces se asistió: las cuentas cierran y a nadie se le cuenta lo anterior a su cargo."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from sesiones.asistio import Cargo, Como, Cuenta, EnLista, como_estuvo, por_asiento, por_titular
from sesiones.estados import Calidad, EstadoAsistencia

DIA = dt.date(2025, 1, 1)


def en_lista(
    sesion: int = 1,
    *,
    asiento: int = 1,
    persona: int | None = 1,
    calidad: str = "titular",
    estado: str = "presente",
) -> EnLista:
    return EnLista(sesion, DIA + dt.timedelta(days=sesion), asiento, persona, calidad, estado)


renglones = st.lists(
    st.builds(
        en_lista,
        st.integers(0, 12),
        asiento=st.integers(1, 3),
        persona=st.none() | st.integers(1, 4),
        calidad=st.sampled_from([Calidad.TITULAR.value, Calidad.SUPLENTE.value]),
        estado=st.sampled_from(EstadoAsistencia.values),
    ),
    max_size=30,
)
fechas = st.none() | st.dates(DIA, DIA + dt.timedelta(days=14))
cargos = st.builds(Cargo, st.integers(1, 50), st.integers(1, 3), st.integers(1, 4), fechas, fechas)


def test_cada_modo_de_estar() -> None:
    suplente = en_lista(persona=2, calidad="suplente")
    assert como_estuvo([en_lista()]) is Como.EN_PERSONA
    assert como_estuvo([suplente]) is Como.POR_SUPLENTE
    assert como_estuvo([suplente, en_lista()]) is Como.EN_PERSONA  # llegó después y tomó su lugar
    assert como_estuvo([en_lista(estado="justificada")]) is Como.JUSTIFICADA
    assert como_estuvo([en_lista(estado="ausente")]) is Como.FALTA
    assert como_estuvo([en_lista(persona=None, estado="ausente")]) is Como.SIN_TITULAR


def test_lo_justificado_va_aparte_y_no_es_falta() -> None:
    lista = [en_lista(1), en_lista(2, estado="justificada"), en_lista(3, estado="ausente")]
    assert por_asiento(lista) == {1: Cuenta(en_persona=1, justificadas=1, faltas=1)}


def test_no_se_cuenta_antes_de_tomar_el_cargo_ni_despues_de_dejarlo() -> None:
    lista = [en_lista(n, persona=1 if n < 5 else 2) for n in range(1, 9)]
    antes, despues = (
        Cargo(10, 1, 1, None, DIA + dt.timedelta(days=4)),
        Cargo(11, 1, 2, DIA + dt.timedelta(days=5), None),
    )
    assert por_titular(lista, [antes, despues]) == {10: Cuenta(en_persona=4), 11: Cuenta(en_persona=4)}


def test_si_no_consta_el_inicio_se_cuenta_desde_que_aparece() -> None:
    lista = [
        en_lista(1, persona=None, estado="ausente"),
        en_lista(2),
        en_lista(3, persona=9, calidad="suplente"),
    ]
    assert por_titular(lista, [Cargo(10, 1, 1, None, None)]) == {10: Cuenta(en_persona=1, por_suplente=1)}
    assert por_titular(lista, [Cargo(10, 1, 7, None, None)]) == {}


@given(renglones)
def test_cada_asiento_suma_las_sesiones_en_que_estuvo_en_lista(lista: list[EnLista]) -> None:
    cuentas = por_asiento(lista)
    for asiento in {fila.asiento for fila in lista}:
        assert cuentas[asiento].sesiones == len({f.sesion for f in lista if f.asiento == asiento})


@given(renglones, st.lists(cargos, max_size=5, unique_by=lambda c: c.clave))
def test_a_nadie_se_le_cuenta_fuera_de_su_cargo(lista: list[EnLista], de: list[Cargo]) -> None:
    cuentas = por_titular(lista, de)
    for cargo in de:
        if cargo.clave not in cuentas:
            continue
        dentro = {
            f.sesion
            for f in lista
            if f.asiento == cargo.asiento
            and (cargo.desde is None or f.fecha >= cargo.desde)
            and (cargo.hasta is None or f.fecha <= cargo.hasta)
        }
        assert cuentas[cargo.clave].sesiones <= len(dentro)
        assert cuentas[cargo.clave].sesiones == len(dentro) or cargo.desde is None
