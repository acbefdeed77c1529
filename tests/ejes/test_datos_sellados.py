"""Lo que se escribe en un documento sellado es lo que después se lee de él."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ejes.datos_sellados import escribir_cifra, escribir_dia, leer_cifra, leer_dia


@pytest.mark.parametrize(
    ("cifra", "texto"),
    [("36.25", "36.25"), ("30.00", "30"), ("100", "100"), ("1E+3", "1000"), ("0.0025", "0.0025"), ("0", "0")],
)
def test_la_cifra_va_exacta_y_sin_ceros_de_sobra(cifra: str, texto: str) -> None:
    assert escribir_cifra(Decimal(cifra)) == texto


@given(st.none() | st.decimals(min_value=0, max_value=10**12, places=4))
def test_la_cifra_que_se_lee_es_la_que_se_escribio(cifra: Decimal | None) -> None:
    assert leer_cifra(escribir_cifra(cifra)) == cifra


@given(st.none() | st.dates())
def test_el_dia_que_se_lee_es_el_que_se_escribio(dia: dt.date | None) -> None:
    assert leer_dia(escribir_dia(dia)) == dia
