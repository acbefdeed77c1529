"""Todo carácter se imprime o se dice: ninguno se pide prestado al sistema ni desaparece."""

from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.documentos.caracteres import dibujable
from stl_portal.documentos.pdf import producir
from stl_portal.documentos.tipografia import cobertura
from tests.documentos.lector import en_voz_alta

ESPANOL = "áéíóúüñÁÉÍÓÚÜÑ¿?¡!«»“”‘’–—…ºª°§№%$€½•·×÷±"


def test_el_espanol_se_dibuja_entero() -> None:
    assert set(ESPANOL) - {"№"} <= cobertura()
    assert en_voz_alta(producir(f"<p>{ESPANOL}</p>", titulo="Prueba").contenido) == dibujable(ESPANOL)


@pytest.mark.parametrize(
    ("texto", "queda"),
    [
        ("Acta XXI", "Acta XXI"),
        ("a\u2011b", "a-b"),
        ("5\u2009%", "5\u00a0%"),
        ("uno\u3000dos", "uno dos"),
        ("hola\u200bmundo", "holamundo"),
        ("\u202eal revés", "al revés"),
        ("n\u0303", "ñ"),
        ("bien 😀", "bien [U+1F600]"),
        ("漢", "[U+6F22]"),
        ("a\x00b\x07c", "abc"),
    ],
)
def test_lo_raro_se_cambia_por_algo_visible(texto: str, queda: str) -> None:
    assert dibujable(texto) == queda


@given(st.text())
def test_siempre_queda_dibujable_y_ya_no_cambia(texto: str) -> None:
    limpio = dibujable(texto)
    assert set(limpio) <= cobertura()
    assert dibujable(limpio) == limpio


@given(st.text(st.characters(whitelist_categories=["Ll", "Lu", "Nd"])))
def test_ninguna_letra_desaparece(texto: str) -> None:
    assert bool(dibujable(texto)) == bool(texto)


def test_ninguna_letra_se_toma_del_sistema() -> None:
    documento = producir("<p>漢字 😀 ☃ Ω العربية</p><p><b>漢</b><i>Ж</i></p>", titulo="Prueba")
    with pikepdf.open(BytesIO(documento.contenido)) as pdf:
        nombres = {str(f.BaseFont).split("+")[1] for p in pdf.pages for f in p.Resources.Font.values()}
    assert all(nombre.startswith("Source-S") for nombre in nombres), nombres
