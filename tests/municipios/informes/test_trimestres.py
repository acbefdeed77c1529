"""Los trimestres del año."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from municipios.informes.trimestres import Trimestre, de, huecos, por_empezar, ultimo_terminado

TRIMESTRES = st.builds(Trimestre, st.integers(2015, 2099), st.integers(1, 4))


def test_se_dicen_por_sus_meses() -> None:
    assert [str(Trimestre(2026, n)) for n in range(1, 5)] == [
        "enero a marzo de 2026",
        "abril a junio de 2026",
        "julio a septiembre de 2026",
        "octubre a diciembre de 2026",
    ]


def test_el_ultimo_dia_del_trimestre_todavia_no_termina() -> None:
    assert ultimo_terminado(dt.date(2026, 9, 30)) == Trimestre(2026, 2)
    assert ultimo_terminado(dt.date(2026, 10, 1)) == Trimestre(2026, 3)
    assert ultimo_terminado(dt.date(2026, 1, 1)) == Trimestre(2025, 4)


@given(TRIMESTRES)
def test_anterior_y_siguiente_se_deshacen(uno: Trimestre) -> None:
    assert uno.anterior.siguiente == uno
    assert uno.anterior < uno < uno.siguiente


@given(st.dates(dt.date(2015, 1, 1), dt.date(2099, 12, 31)))
def test_todo_dia_cae_en_el_trimestre_que_termina_ese_dia_o_despues(dia: dt.date) -> None:
    suyo = de(dia)
    assert suyo.anterior.termina < dia <= suyo.termina


def test_se_ofrece_el_que_corre_y_los_anteriores_sin_informe() -> None:
    ofrecidos = por_empezar(dt.date(2026, 11, 3), {Trimestre(2026, 3)})
    assert ofrecidos[:3] == [Trimestre(2026, 4), Trimestre(2026, 2), Trimestre(2026, 1)]
    assert ofrecidos[-1] == Trimestre(2024, 4)


def test_no_se_ofrece_lo_que_termino_antes_de_que_existiera() -> None:
    instalado = dt.date(2026, 6, 30)
    ofrecidos = por_empezar(dt.date(2026, 11, 3), set(), instalado)
    assert ofrecidos == [Trimestre(2026, 4), Trimestre(2026, 3), Trimestre(2026, 2)]
    assert por_empezar(dt.date(2026, 11, 3), set(), instalado + dt.timedelta(days=1)) == ofrecidos[:2]


@given(st.sets(TRIMESTRES.filter(lambda t: t.anio < 2020), max_size=6))
def test_los_huecos_y_los_que_hay_llenan_el_intervalo(ya: set[Trimestre]) -> None:
    faltan = list(huecos(ya))
    assert faltan == sorted(faltan)
    assert ya.isdisjoint(faltan)
    if ya:
        cuantos = 4 * (max(ya).anio - min(ya).anio) + max(ya).numero - min(ya).numero + 1
        assert len(ya) + len(faltan) == cuantos
