"""Lo buscado se marca donde está escrito, con acentos y en plural, y nada ajeno se vuelve HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.buscador.consulta import leer
from stl_portal.buscador.resaltar import LARGO, fragmento, marcado


@pytest.mark.parametrize(
    ("texto", "q", "dicho"),
    [
        ("La Sesión y las sesiones", "sesion", "La <mark>Sesión</mark> y las <mark>sesiones</mark>"),
        ("Aprueba el orden del día.", '"orden del dia"', "Aprueba el <mark>orden del día</mark>."),
        ("Acción 1.5.3 y 1.5.30", "1.5.3", "Acción <mark>1.5.3</mark> y 1.5.30"),
        ("Transparencia", "transpa", "<mark>Transparencia</mark>"),
        ("<script>acta</script> & más", "acta", "&lt;script&gt;<mark>acta</mark>&lt;/script&gt; &amp; más"),
        ("nada que ver", "acta", "nada que ver"),
        ("sesio\u0301n abierta", "sesión", "<mark>sesio\u0301n</mark> abierta"),
    ],
)
def test_se_marca_lo_buscado(texto: str, q: str, dicho: str) -> None:
    assert marcado(texto, leer(q).partes) == dicho


def test_el_fragmento_rodea_lo_hallado_sin_partir_palabras() -> None:
    texto = "uno dos tres " * 60 + "aquí está el padrón de beneficiarios " + "cuatro cinco " * 60
    dicho = fragmento(texto, leer("padrón beneficiarios").partes)
    assert "<mark>padrón</mark> de <mark>beneficiarios</mark>" in dicho
    assert (dicho.startswith("… "), dicho.endswith(" …")) == (True, True)
    llano = re.sub("<.*?>", "", dicho).strip("… ")
    assert set(llano.split()) <= set(texto.split())
    assert len(llano) <= LARGO + 60


def test_el_fragmento_no_deja_a_medias_lo_que_falta_para_terminar() -> None:
    texto = f"acta {'a ' * (LARGO // 2)}Guanajuato."
    assert fragmento(texto, leer("acta").partes).endswith("a Guanajuato.")


def test_el_fragmento_prefiere_donde_se_dice_mas() -> None:
    texto = "padrón " + "relleno " * 80 + "padrón de beneficiarios del padrón"
    assert "beneficiarios" in fragmento(texto, leer("padrón beneficiarios").partes)


@given(st.text(max_size=300), st.text(min_size=1, max_size=30))
def test_quitando_las_marcas_queda_el_texto_tal_cual(texto: str, q: str) -> None:
    dicho = marcado(texto, leer(q).partes)
    assert html.unescape(dicho.replace("<mark>", "").replace("</mark>", "")) == html.unescape(
        html.escape(texto)
    )
    assert set(re.findall("<[^>]*>", dicho)) <= {"<mark>", "</mark>"}
