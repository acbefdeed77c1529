"""Sumar lo exacto y lo aproximado sin decir más de lo que se sabe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sesiones.cantidades import Cantidad, Suma, distintos, sumar

NUMEROS = st.integers(0, 10_000)
EXACTAS = st.builds(Cantidad, NUMEROS)
APROXIMADAS = st.builds(Cantidad, NUMEROS, st.just("más de tantas"))
DESCONOCIDAS = st.just(Cantidad(None))
CLAVES = st.sets(st.integers(11001, 11046).map(str), min_size=1)


@pytest.mark.parametrize(
    ("cantidad", "dicha"),
    [
        (Cantidad(1), "1 persona"),
        (Cantidad(1250), "1,250 personas"),
        (Cantidad(100, "más de 100"), "más de 100 personas"),
        (Cantidad(1, "una o dos"), "una o dos personas"),
        (Cantidad(0), "0 personas"),
        (Cantidad(None), "sin dato"),
    ],
)
def test_cada_cantidad_se_dice_como_se_supo(cantidad: Cantidad, dicha: str) -> None:
    assert cantidad.dicha("persona", "personas") == dicha


def test_la_suma_dice_mas_de_si_alguna_lo_dijo_y_al_menos_si_algo_falta() -> None:
    exacta, aproximada = Cantidad(17), Cantidad(100, "Más de 100")
    assert sumar([exacta, exacta]).dicha("persona", "personas") == "34 personas"
    assert sumar([exacta, aproximada]).dicha("persona", "personas") == "más de 117 personas"
    assert sumar([aproximada, Cantidad(None)]).dicha("persona", "personas") == "más de 100 personas"
    assert sumar([exacta, Cantidad(52_000, "52k")]).dicha("persona", "personas") == "al menos 52,017 personas"
    assert sumar([exacta, Cantidad(None, "más de")]).dicha("persona", "personas") == "al menos 17 personas"
    assert sumar([exacta, Cantidad(None)]).dicha("persona", "personas") == "al menos 17 personas"
    assert sumar([Cantidad(None)]).dicha("persona", "personas") == "sin dato"
    assert sumar([]).dicha("persona", "personas") == "0 personas"


@given(st.lists(EXACTAS | APROXIMADAS | DESCONOCIDAS))
def test_la_suma_es_de_lo_seguro_y_es_exacta_solo_si_todas_lo_son(cantidades: list[Cantidad]) -> None:
    suma = sumar(cantidades)
    assert suma.numero == sum(c.numero for c in cantidades if c.numero is not None)
    assert suma.exacta == all(c.exacta for c in cantidades)
    aproximadas = any(c.literal for c in cantidades)
    dicha = suma.dicha("p", "p")
    assert dicha.startswith("más de") == (aproximadas and suma.numero > 0)
    assert dicha.startswith("al menos") == (not suma.exacta and not aproximadas and suma.numero > 0)


@given(st.lists(CLAVES, max_size=5))
def test_los_municipios_conocidos_no_se_cuentan_dos_veces(grupos: list[set[str]]) -> None:
    assert distintos((grupo, None) for grupo in grupos) == Suma(len(set().union(*grupos)), True)


@given(CLAVES, st.integers(1, 46))
def test_con_un_grupo_del_que_solo_se_sabe_cuantos_el_total_es_al_menos_el_mayor(
    conocidos: set[str], cuantos: int
) -> None:
    assert distintos([(conocidos, None), ((), cuantos)]) == Suma(max(len(conocidos), cuantos), False)
    assert distintos([((), cuantos)]) == Suma(cuantos, True)
