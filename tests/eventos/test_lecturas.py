"""El número que dice una cifra escrita por otros."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.cantidades import lecturas


@pytest.mark.parametrize(
    ("literal", "numeros"),
    [
        ("61.870", ["61870", "61.87"]),
        ("61,870", ["61870", "61.87"]),
        ("52k", ["52000"]),
        ("2,5k", ["2500"]),
        ("1.2 M", ["1200000"]),
        ("3 millones", ["3000000"]),
        ("2.5 mil", ["2500"]),
        ("más de 100 personas", ["100"]),
        ("1.234.567", ["1234567"]),
        ("1,250.5", ["1250.5"]),
        ("1 250", ["1250"]),
        ("0", ["0"]),
        ("3.5 %", ["3.5"]),
        ("muchas", []),
        ("", []),
        ("de 10 a 20", []),
        ("1,25,0", []),
        ("1 2", []),
    ],
)
def test_se_leen_las_formas_en_que_se_escriben(literal: str, numeros: list[str]) -> None:
    assert lecturas(literal) == [Decimal(numero) for numero in numeros]


@given(st.text(max_size=60))
def test_lo_que_sea_se_lee_o_no_pero_nunca_falla(literal: str) -> None:
    assert all(numero >= 0 for numero in lecturas(literal))
