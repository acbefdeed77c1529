"""El tiempo se recorre completo, una sola vez cada día y de hoy hacia atrás."""

from hypothesis import given
from hypothesis import strategies as st

from stl_portal.buscador.indice import FINO, GRUESO
from stl_portal.buscador.pasos import hacia_atras

DIAS = st.integers(min_value=693_000, max_value=767_000)  # de 1898 a 2100
UNO_GRUESO = 1 << (GRUESO - FINO)


def _finos(palabra: str) -> list[int]:
    """Los tramos finos que dice una palabra, del más reciente al más antiguo."""
    n = int(palabra[2:])
    return [n] if palabra[1] == "f" else list(range((n + 1) * UNO_GRUESO - 1, n * UNO_GRUESO - 1, -1))


@given(DIAS, DIAS)
def test_ningun_tramo_falta_ni_se_repite(uno: int, otro: int) -> None:
    antiguo, reciente = (dia << (FINO - 5) for dia in sorted((uno, otro)))
    pasos = list(hacia_atras(reciente, antiguo))
    finos = [fino for paso in pasos for palabra in paso for fino in _finos(palabra)]
    assert len(pasos) <= 3
    assert finos == sorted(set(finos), reverse=True)
    assert finos[0] == reciente >> FINO
    assert set(range(antiguo >> FINO, (reciente >> FINO) + 1)) <= set(finos)
