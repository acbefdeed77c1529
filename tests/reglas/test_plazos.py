"""Plazos: días hábiles de México, anticipación y plazos dichos de viva voz que no cuadran."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.plazos import (
    aviso_plazo,
    dias_habiles,
    es_habil,
    leer_plazo_literal,
    plazo_convocatoria,
    sumar_dias_habiles,
    sumar_meses,
)
from stl_portal.espanol import cardinal, fecha_larga

XVIII, XXI = dt.date(2020, 1, 18), dt.date(2020, 7, 10)
UN_DIA = dt.timedelta(days=1)
fechas = st.dates(dt.date(2018, 1, 1), dt.date(2032, 12, 31))
cuantos = st.integers(0, 60)


@pytest.mark.parametrize(
    ("fecha", "habil"),
    [
        (dt.date(2020, 1, 17), True),
        (XVIII, False),  # sábado: la XVIII sesionó en día inhábil
        (dt.date(2020, 1, 19), False),
        (dt.date(2020, 2, 3), False),  # primer lunes de febrero
        (dt.date(2020, 2, 5), True),  # el 5 ya no se descansa: se recorre al lunes
        (dt.date(2020, 3, 16), False),  # tercer lunes de marzo
        (dt.date(2020, 5, 1), False),
        (dt.date(2020, 9, 16), False),
        (dt.date(2020, 11, 16), False),
        (dt.date(2020, 12, 25), False),
        (dt.date(2024, 10, 1), False),  # transmisión del Poder Ejecutivo Federal
        (dt.date(2023, 10, 2), True),
        (dt.date(2021, 1, 1), False),
    ],
)
def test_dias_habiles_de_mexico(fecha: dt.date, habil: bool) -> None:
    assert es_habil(fecha) == habil


def test_el_organo_puede_declarar_inhabiles() -> None:
    decretado = {dt.date(2020, 7, 13)}
    assert not es_habil(dt.date(2020, 7, 13), decretado)
    assert sumar_dias_habiles(XXI, 1, decretado) == dt.date(2020, 7, 14)
    assert dias_habiles(XXI, dt.date(2020, 7, 14), decretado) == 1


def test_el_plazo_corre_desde_el_dia_siguiente_y_salta_descansos() -> None:
    assert sumar_dias_habiles(dt.date(2020, 1, 31), 1) == dt.date(2020, 2, 4)
    assert sumar_dias_habiles(XVIII, 10) == dt.date(2020, 1, 31)
    assert dias_habiles(XVIII, dt.date(2020, 1, 31)) == 10
    assert dias_habiles(XVIII, XVIII) == 0


def test_un_plazo_negativo_se_rechaza() -> None:
    with pytest.raises(ValueError, match="negativos"):
        sumar_dias_habiles(XVIII, -1)


@given(fechas, st.integers(1, 60))
def test_sumar_y_contar_son_inversos(desde: dt.date, dias: int) -> None:
    fin = sumar_dias_habiles(desde, dias)
    assert es_habil(fin)
    assert dias_habiles(desde, fin) == dias
    assert dias_habiles(desde, fin - UN_DIA) == dias - 1


@given(fechas, cuantos, cuantos)
def test_sumar_por_partes_da_lo_mismo(desde: dt.date, antes: int, despues: int) -> None:
    de_corrido = sumar_dias_habiles(desde, antes + despues)
    assert sumar_dias_habiles(sumar_dias_habiles(desde, antes), despues) == de_corrido


@given(fechas, cuantos, cuantos)
def test_contar_es_aditivo_y_antisimetrico(desde: dt.date, uno: int, otro: int) -> None:
    medio, fin = desde + UN_DIA * uno, desde + UN_DIA * (uno + otro)
    assert dias_habiles(desde, medio) + dias_habiles(medio, fin) == dias_habiles(desde, fin)
    assert dias_habiles(fin, desde) == -dias_habiles(desde, fin)
    assert 0 <= dias_habiles(desde, fin) <= (fin - desde).days


def test_la_convocatoria_cumple_si_llega_al_minimo() -> None:
    justo = plazo_convocatoria(dt.date(2020, 7, 3), XXI, 5)
    tarde = plazo_convocatoria(dt.date(2020, 7, 6), XXI, 5)
    assert (justo.cumple, justo.dias, justo.minima) == (True, 5, XXI)
    assert justo.frase == "Se convoca con 5 días hábiles de anticipación; la regla pide 5."
    assert not tarde.cumple
    assert tarde.frase == (
        "Se convoca con 4 días hábiles de anticipación y la regla pide 5: "
        "cumpliría a partir del lunes 13 de julio de 2020."
    )


def test_los_dias_naturales_cuentan_fines_de_semana() -> None:
    plazo = plazo_convocatoria(dt.date(2020, 7, 9), XXI, 1, habiles=False)
    assert (plazo.cumple, plazo.frase) == (
        True,
        "Se convoca con 1 día natural de anticipación; la regla pide 1.",
    )
    assert plazo_convocatoria(dt.date(2020, 7, 4), XXI, 6, habiles=False).cumple


def test_sin_dias_en_la_regla_no_se_valida() -> None:
    plazo = plazo_convocatoria(XXI, XXI, None)
    assert plazo.cumple
    assert plazo.frase == "Se convoca con 0 días hábiles de anticipación; la regla no fija un mínimo."


@pytest.mark.parametrize("dias", [None, 0, 3])
def test_no_se_convoca_a_lo_que_ya_paso(dias: int | None) -> None:
    plazo = plazo_convocatoria(XXI, XVIII, dias)
    assert (plazo.cumple, plazo.frase) == (False, "La sesión es anterior a la convocatoria.")


@given(fechas, cuantos, st.integers(0, 20), st.booleans())
def test_la_fecha_minima_es_la_primera_que_cumple(
    emision: dt.date, faltan: int, dias: int, habiles: bool
) -> None:
    plazo = plazo_convocatoria(emision, emision + UN_DIA * faltan, dias, habiles)
    assert plazo.cumple == (plazo.dias >= dias)
    assert plazo_convocatoria(emision, plazo.minima, dias, habiles).cumple
    assert not plazo_convocatoria(emision, plazo.minima - UN_DIA, dias, habiles).cumple
    assert len(plazo.frase) <= 300


@given(fechas, cuantos, st.integers(0, 20), st.booleans())
def test_convocar_antes_nunca_incumple(emision: dt.date, faltan: int, dias: int, habiles: bool) -> None:
    sesion = emision + UN_DIA * faltan
    antes = plazo_convocatoria(emision - UN_DIA, sesion, dias, habiles)
    assert antes.cumple >= plazo_convocatoria(emision, sesion, dias, habiles).cumple


@pytest.mark.parametrize(
    ("literal", "desde", "fecha"),
    [
        ("dos semanas a partir de la presente sesión", XVIII, dt.date(2020, 2, 1)),  # S0:67
        ("viernes 31 de enero del presente año", XVIII, dt.date(2020, 1, 31)),  # S0:67
        ("14 de agosto", XXI, dt.date(2020, 8, 14)),  # S2:88
        ("semana del 20 de julio", XXI, dt.date(2020, 7, 26)),  # S2:103
        ("primera semana de marzo del 2020", XVIII, dt.date(2020, 3, 7)),  # S0:917
        ("a más tardar el 1° de febrero de 2020", XVIII, dt.date(2020, 2, 1)),
        ("el primero de marzo", XVIII, dt.date(2020, 3, 1)),
        ("10 de enero", XVIII, dt.date(2021, 1, 10)),
        ("10 de Septiembre", XVIII, dt.date(2020, 9, 10)),
        ("15 de setiembre", XVIII, dt.date(2020, 9, 15)),
        ("31/01/2020", XVIII, dt.date(2020, 1, 31)),
        ("2020-01-31", XVIII, dt.date(2020, 1, 31)),
        ("diez días hábiles", XVIII, dt.date(2020, 1, 31)),
        ("15 (quince) días naturales", XVIII, dt.date(2020, 2, 2)),
        ("dentro de los veintiún días siguientes", XVIII, dt.date(2020, 2, 8)),
        ("treinta y un días", XVIII, dt.date(2020, 2, 18)),
        ("una quincena", XVIII, dt.date(2020, 2, 2)),
        ("48 horas", XVIII, dt.date(2020, 1, 20)),
        ("36 horas", XVIII, dt.date(2020, 1, 20)),
        ("UN MES", XVIII, dt.date(2020, 2, 18)),
        ("un mes", dt.date(2020, 1, 31), dt.date(2020, 2, 29)),
        ("un año", XVIII, dt.date(2021, 1, 18)),
        ("el próximo viernes", XVIII, dt.date(2020, 1, 24)),
        ("el sábado siguiente", XVIII, dt.date(2020, 1, 25)),
        ("a fin de mes", dt.date(2020, 2, 3), dt.date(2020, 2, 29)),
        ("al cierre del año", XVIII, dt.date(2020, 12, 31)),
        ("31 de febrero", XVIII, None),
        ("la próxima sesión", XVIII, None),
        ("cuanto antes", XVIII, None),
        ("", XVIII, None),
        ("999 años y 9000 meses", dt.date(9998, 1, 1), None),
    ],
)
def test_se_leen_los_plazos_dichos(literal: str, desde: dt.date, fecha: dt.date | None) -> None:
    assert leer_plazo_literal(literal, desde) == fecha


def test_XVIII_dos_semanas_no_son_el_31_de_enero() -> None:
    literal = "dos semanas a partir de la presente sesión"
    assert aviso_plazo(literal, dt.date(2020, 1, 31), XVIII) == (
        f"«{literal}» da el 1 de febrero de 2020 (a 14 días de la sesión), "
        "pero la fecha anotada es el 31 de enero de 2020 (a 13 días)."
    )
    assert aviso_plazo(literal, dt.date(2020, 2, 1), XVIII) is None


@pytest.mark.parametrize(
    ("literal", "fecha", "desde", "aviso"),
    [
        ("14 de agosto", dt.date(2020, 8, 14), XXI, None),
        ("semana del 20 de julio", dt.date(2020, 7, 20), XXI, None),
        ("semana del 20 de julio", dt.date(2020, 7, 24), XXI, None),
        ("semana del 20 de julio", dt.date(2020, 7, 27), XXI, "26 de julio"),
        ("21 de julio", dt.date(2020, 7, 22), XXI, "(a 12 días)"),
        ("6 de julio", dt.date(2020, 7, 6), XXI, None),  # ya había pasado y no trae año
        ("jueves 31 de enero", dt.date(2020, 1, 31), XVIII, "El 31 de enero de 2020 es viernes, no jueves."),
        ("a más tardar el miércoles", dt.date(2020, 1, 31), XVIII, "es viernes, no miércoles"),
        ("entre lunes y viernes", dt.date(2020, 1, 30), XVIII, None),
        ("cuanto antes", dt.date(2020, 1, 31), XVIII, None),
        ("un día", dt.date(2020, 1, 20), XVIII, "(a 1 día de la sesión)"),
    ],
)
def test_avisos(literal: str, fecha: dt.date, desde: dt.date, aviso: str | None) -> None:
    obtenido = aviso_plazo(literal, fecha, desde)
    assert obtenido is None if aviso is None else aviso in (obtenido or "")


@given(fechas, fechas)
def test_la_misma_fecha_dicha_y_anotada_nunca_avisa(desde: dt.date, fecha: dt.date) -> None:
    for literal in (
        fecha_larga(fecha),
        fecha_larga(fecha, con_dia=True),
        fecha.isoformat(),
        f"{fecha:%d/%m/%Y}",
    ):
        assert leer_plazo_literal(literal, desde) == fecha
        assert aviso_plazo(literal, fecha, desde) is None
        assert aviso_plazo(literal, fecha + UN_DIA, desde)


@given(fechas, st.integers(1, 99), st.sampled_from(["días", "semanas", "días hábiles", "meses"]))
def test_la_cantidad_en_cifra_y_en_letra_dan_lo_mismo(desde: dt.date, cantidad: int, unidad: str) -> None:
    genero = "f" if unidad == "semanas" else "m"
    en_letra = f"{cardinal(cantidad, genero, apocope=True)} {unidad}"  # type: ignore[arg-type]
    en_cifra = leer_plazo_literal(f"{cantidad} {unidad}", desde)
    assert leer_plazo_literal(en_letra, desde) == en_cifra
    assert en_cifra is not None
    assert en_cifra > desde


@given(st.text(), fechas, fechas)
def test_ningun_texto_rompe_el_aviso(literal: str, fecha: dt.date, desde: dt.date) -> None:
    aviso = aviso_plazo(literal, fecha, desde)
    assert aviso is None or fecha_larga(fecha) in aviso


@given(fechas, st.integers(-60, 60))
def test_sumar_meses_cae_en_el_mes_que_toca(fecha: dt.date, meses: int) -> None:
    otra = sumar_meses(fecha, meses)
    assert (otra.year - fecha.year) * 12 + otra.month - fecha.month == meses
    assert otra.day == fecha.day or (otra + UN_DIA).day == 1
