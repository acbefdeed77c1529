"""Las reglas puras: la ventana, la cuenta de caracteres, el promedio, el orden y los reconocimientos."""

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.certamenes import propuesta
from sesiones.certamenes.conteo import largo, sobra
from sesiones.certamenes.orden import Medida, Nota, Reglas, ordenar, promedio
from sesiones.certamenes.ventana import CENTRO, Fase, Ventana

ABRE = dt.datetime(2026, 12, 1, 9, tzinfo=CENTRO)
CIERRA = dt.datetime(2027, 2, 7, 18, tzinfo=CENTRO)
VENTANA = Ventana(ABRE, CIERRA)
MEDIDAS = (Medida("Participación", 60, 10), Medida("Innovación", 40, 5))
MICRO = dt.timedelta(microseconds=1)


@given(st.datetimes(dt.datetime(2026, 11, 1), dt.datetime(2027, 3, 1), timezones=st.just(dt.UTC)))
def test_esta_abierta_desde_que_abre_y_hasta_antes_de_que_cierra(cuando: dt.datetime) -> None:
    assert VENTANA.abierta(cuando) == (ABRE <= cuando < CIERRA)
    assert VENTANA.cuenta(cuando)


def test_el_fin_es_exclusivo_a_la_hora_de_mexico_y_se_dice_en_palabras() -> None:
    casos = (
        (ABRE - MICRO, Fase.ANTES, "Abre el 1 de diciembre de 2026 a las 09:00 h: falta menos de un minuto"),
        (ABRE, Fase.ABIERTA, "Está abierta: faltan 68 días para que cierre"),
        (ABRE + dt.timedelta(hours=14), Fase.ABIERTA, "Está abierta: faltan 68 días para que cierre"),
        (CIERRA - dt.timedelta(hours=19), Fase.ABIERTA, "Está abierta: falta 1 día para que cierre"),
        (
            CIERRA - dt.timedelta(hours=1, minutes=1),
            Fase.ABIERTA,
            "Está abierta: falta 1 hora y 1 minuto para que cierre",
        ),
        (CIERRA - MICRO, Fase.ABIERTA, "Está abierta: falta menos de un minuto para que cierre"),
        (CIERRA, Fase.DESPUES, "Cerró el 7 de febrero de 2027 a las 18:00 h"),
        (dt.datetime(2027, 2, 8, 0, 0, tzinfo=dt.UTC), Fase.DESPUES, VENTANA.cerro),
    )
    assert [(VENTANA.fase(c), VENTANA.cuenta(c)) for c, _, _ in casos] == [(f, d) for _, f, d in casos]
    assert VENTANA.dicha == "Del 1 de diciembre de 2026 a las 09:00 h al 7 de febrero de 2027 a las 18:00 h"
    for abre, cierra in ((CIERRA, CIERRA), (ABRE.replace(tzinfo=None), CIERRA)):
        with pytest.raises(ValueError, match="ventana"):
            Ventana(abre, cierra)


@given(st.text())
def test_un_salto_cuenta_uno_y_las_orillas_no_cuentan(texto: str) -> None:
    assert largo(texto.replace("\n", "\r\n")) == largo(texto.replace("\r\n", "\n"))
    assert largo(f"  \n{texto}\n ") == largo(texto)
    assert largo("a" + texto + "a") <= len(texto.replace("\r\n", "\n")) + 2


def test_se_dice_cuantos_sobran() -> None:
    assert [p[2] for p in propuesta.PREGUNTAS] == [500, 500, 250, 700, 500]
    assert (largo("e\u0301\r\n👩🏽"), largo("a\u200bb")) == (4, 2)
    assert sobra("a" * 500, 500) == ""
    assert sobra("a" * 501, 500) == "Son 501 caracteres y caben 500: sobra 1."
    assert sobra("a\r\n" * 800, 700) == "Son 1,599 caracteres y caben 700: sobran 899."


hojas = st.lists(st.none() | st.tuples(st.integers(0, 10), st.integers(0, 5)), max_size=6)


@given(hojas)
def test_las_abstenciones_ni_suman_ni_dividen(puestas: list[tuple[int, int] | None]) -> None:
    con, sin = promedio(MEDIDAS, puestas), promedio(MEDIDAS, [h for h in puestas if h is not None])
    if con is None or sin is None:
        assert con is sin is None
        return
    assert (con.total, con.por_criterio) == (sin.total, sin.por_criterio)
    assert con.calificaciones + con.abstenciones == len(puestas)
    assert 0 <= con.total <= 100


def test_el_promedio_pesa_cada_criterio_en_su_escala() -> None:
    # 8 de 10 al 60 % y 2.5 de 5 al 40 %.
    nota = promedio(MEDIDAS, [(9, 3), (7, 2), None])
    assert nota == Nota(Decimal("68.00"), (Decimal("8.00"), Decimal("2.50")), 2, 1)


def de(total: str, *por_criterio: str) -> Nota:
    return Nota(Decimal(total), tuple(map(Decimal, por_criterio)), 3)


notas = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 5)), max_size=12)


@given(notas, st.integers(1, 4), st.integers(0, 3), st.integers(0, 100))
def test_orden_lugares_menciones_y_desierta(
    puntos: list[tuple[int, int]], lugares: int, menciones: int, minimo: int
) -> None:
    todas = {n: promedio(MEDIDAS, [hoja]) for n, hoja in enumerate(puntos)}
    reales = {n: nota for n, nota in todas.items() if nota}
    reglas = Reglas(lugares, menciones, Decimal(minimo))
    puestos = ordenar(MEDIDAS, reales, {n: str(n) for n in reales}, reglas)
    assert sorted(p.clave for p in puestos) == sorted(reales)
    llaves = [(p.nota.total, *p.nota.por_criterio) for p in puestos]
    assert llaves == sorted(llaves, reverse=True)
    alcanzan = [p for p in puestos if p.nota.total >= minimo]
    reconocidas = [p for p in puestos if p.lugar or p.mencion]
    assert bool(reconocidas) == bool(alcanzan)  # desierta: solo si nadie llega al mínimo
    assert len(reconocidas) >= min(len(alcanzan), lugares + menciones)
    assert {p.lugar for p in reconocidas if p.lugar} <= set(range(1, lugares + 1))
    assert not any(p.lugar and p.mencion for p in puestos)
    for (uno, llave), (otro, siguiente) in pairwise(zip(puestos, llaves, strict=True)):
        assert (uno.orden == otro.orden) == (llave == siguiente)
        assert (uno.lugar, uno.mencion) == (otro.lugar, otro.mencion) or llave != siguiente


def test_cada_empate_se_explica() -> None:
    reales = {
        "a": de("80.00", "8.00", "4.00"),
        "b": de("80.00", "9.00", "3.25"),
        "c": de("80.00", "8.00", "4.00"),
        "d": de("95.00", "9.50", "4.75"),
        "e": de("40.00", "4.00", "2.00"),
        "f": de("59.99", "6.00", "3.00"),
    }
    nombres = {clave: clave.upper() for clave in reales}
    puestos = ordenar(MEDIDAS, reales, nombres, Reglas(3, 2, Decimal(60)))
    assert [(p.clave, p.orden, p.lugar, p.mencion) for p in puestos] == [
        ("d", 1, 1, False),
        ("b", 2, 2, False),
        ("a", 3, 3, False),
        ("c", 3, 3, False),
        ("f", 5, None, False),
        ("e", 6, None, False),
    ]
    b, a, f = puestos[1], puestos[2], puestos[4]
    assert b.porque == (
        "80.00 de 100, promedio de 3 calificaciones. "
        "Empató con «A» y queda antes por «Participación» (9.00 y 8.00). "
        "Empató con «C» y queda antes por «Participación» (9.00 y 8.00)."
    )
    assert a.porque == (
        "80.00 de 100, promedio de 3 calificaciones. "
        "Empató con «B» y queda después por «Participación» (8.00 y 9.00). "
        "Empató en todo con «C»: comparten el lugar."
    )
    assert f.porque == "59.99 de 100, promedio de 3 calificaciones. No llegó al mínimo de 60.00."
