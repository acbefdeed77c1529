"""Lo que se descarga nunca es fórmula en una hoja de cálculo, y vuelve a leerse igual."""

import csv
import io

import openpyxl
import pytest
import tablib
from hypothesis import example, given
from hypothesis import strategies as st

from municipios.ciudadania.abiertos import en_csv
from stl_portal.formula import de_celda, neutro

EJECUTAN = ("=", "+", "-", "@", "\t", "\r")
# La mitad de los textos empieza como algo que se ejecutaría o que ya lleva la marca.
TEXTOS = st.builds(str.__add__, st.sampled_from((*EJECUTAN, "'", "''", "'=", "")), st.text())
LIMPIOS = st.text(st.characters(exclude_categories=("Cc", "Cs")))


@given(TEXTOS)
@example("=HYPERLINK(1)")
@example("''+1")
def test_nunca_se_ejecuta_y_se_lee_igual(texto: str) -> None:
    assert not neutro(texto).startswith(EJECUTAN)
    assert de_celda(neutro(texto)) == texto


@given(TEXTOS, TEXTOS)
def test_dos_textos_distintos_no_se_confunden(uno: str, otro: str) -> None:
    assert (neutro(uno) == neutro(otro)) == (uno == otro)


@pytest.mark.parametrize("inicio", EJECUTAN)
def test_lo_que_parece_formula_lleva_apostrofo_y_lo_demas_no(inicio: str) -> None:
    assert neutro(f"{inicio}1") == f"'{inicio}1"
    assert neutro(f"'{inicio}1") == f"''{inicio}1"
    assert neutro(f"a{inicio}") == f"a{inicio}"
    assert de_celda(f"{inicio}1") == f"{inicio}1"
    assert de_celda("'entre comillas'") == "'entre comillas'"


@given(TEXTOS, st.integers())
def test_los_datos_abiertos_usan_la_misma_regla(texto: str, numero: int) -> None:
    salida = en_csv(("uno", "otro"), [(texto, numero)]).removeprefix("\ufeff")
    _, (celda, cifra) = csv.reader(io.StringIO(salida, newline=""))
    assert not celda.startswith(EJECUTAN)
    assert (de_celda(celda), int(cifra)) == (texto, numero)


@given(st.builds(str.__add__, st.sampled_from(("=", "+", "-", "@", "'=", "")), LIMPIOS))
def test_excel_guarda_texto_y_no_formula(texto: str) -> None:
    libro = tablib.Dataset([neutro(texto)], headers=["nota"]).export("xlsx")
    celda = openpyxl.load_workbook(io.BytesIO(libro)).active["A2"]
    assert celda.data_type != "f"
    assert de_celda(celda.value or "") == texto
