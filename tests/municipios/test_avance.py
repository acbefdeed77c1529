"""Las reglas puras del avance: qué rige, qué retrocede y por qué los totales siempre suman."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from municipios.avance import Sabido, contar, lo_que_no_suma, retrocede, rige
from municipios.estados import ORDEN_DE_AVANCE, Avance

AVANCES = st.sampled_from(ORDEN_DE_AVANCE)
SIN_INFORMACION = Sabido("sin_informacion", Avance.SIN_INFORMACION)


def sabidos(derivada: bool) -> st.SearchStrategy[Sabido | None]:
    sabido = st.builds(
        Sabido, situacion=st.sampled_from("abc"), avance=AVANCES, fecha=st.dates(), derivada=st.just(derivada)
    )
    return st.none() | sabido


@given(AVANCES, AVANCES)
def test_de_dos_avances_distintos_uno_y_solo_uno_retrocede(uno: str, otro: str) -> None:
    assert retrocede(uno, otro) + retrocede(otro, uno) == (uno != otro)


@given(AVANCES, AVANCES, AVANCES)
def test_retroceder_dos_veces_es_retroceder(primero: str, segundo: str, tercero: str) -> None:
    if retrocede(primero, segundo) and retrocede(segundo, tercero):
        assert retrocede(primero, tercero)


def test_volver_a_no_saber_tambien_es_retroceder() -> None:
    assert retrocede(Avance.NO_INICIADO, Avance.SIN_INFORMACION)
    assert not retrocede(Avance.SIN_INFORMACION, Avance.NO_INICIADO)


@given(sabidos(derivada=False), sabidos(derivada=True))
def test_rige_lo_que_mas_avanza_y_nunca_lo_derivado_rebaja(
    capturado: Sabido | None, derivado: Sabido | None
) -> None:
    vale = rige(capturado, derivado, SIN_INFORMACION)
    assert vale in (capturado, derivado, SIN_INFORMACION)
    for sabido in filter(None, (capturado, derivado)):
        assert not retrocede(sabido.avance, vale.avance)
    if capturado and derivado and capturado.avance == derivado.avance:
        assert vale is capturado
    assert (vale is SIN_INFORMACION) == (capturado is None and derivado is None)


def test_a_igual_avance_se_dice_lo_que_alguien_anoto() -> None:
    capturado = Sabido("instalado", Avance.CUMPLIDO, dt.date(2026, 1, 1), nota="Con acta")
    derivado = Sabido("instalado", Avance.CUMPLIDO, dt.date(2025, 1, 1), derivada=True)
    assert rige(capturado, derivado, SIN_INFORMACION).nota == "Con acta"


@given(st.lists(st.sampled_from("abcd"), max_size=60))
def test_los_totales_suman_los_que_hay_y_dicen_tambien_los_ceros(situaciones: list[str]) -> None:
    cuenta = contar(situaciones, "abcd")
    assert list(cuenta) == list("abcd")
    assert sum(cuenta.values()) == len(situaciones)
    assert lo_que_no_suma(cuenta, len(situaciones)) == ""


def test_una_situacion_ajena_no_se_cuenta_en_silencio() -> None:
    with pytest.raises(ValueError, match="«x» no es una situación"):
        contar(["a", "x"], "ab")


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 60)), st.integers(0, 99))
def test_lo_que_no_suma_dice_la_diferencia(totales: dict[str, int], municipios: int) -> None:
    frase, suma = lo_que_no_suma(totales, municipios), sum(totales.values())
    if suma == municipios:
        assert frase == ""
    else:
        verbo = "falta" if suma < municipios else "sobra"
        cuantos = abs(municipios - suma)
        diferencia = f"{verbo}{'n' if cuantos > 1 else ''} {cuantos}"
        assert frase == f"suma {suma} y son {municipios}: {diferencia}."
