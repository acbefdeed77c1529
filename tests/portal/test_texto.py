"""Lo que se limpia al guardar: marcas sin nada dentro, y nada de lo que la persona sí escribió."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.texto import ETIQUETAS, a_html, a_llano, limpiar, limpiar_llano


@pytest.mark.parametrize(
    ("tecleado", "guardado"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Escribe a <ana@ejemplo.mx>.", "Escribe a <ana@ejemplo.mx>."),
        ("a < b y b > c", "a < b y b > c"),
        ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("<p><b>Hola</b></p><script>alert(1)</script>", "**Hola**"),
        ("<P CLASS=MsoNormal>Uno<o:p></o:p></P><div>Dos<br/>Tres</div>", "Uno\nDos\nTres"),
    ],
)
def test_lo_tecleado_entre_picoparentesis_se_queda_y_lo_pegado_se_limpia(
    tecleado: str, guardado: str
) -> None:
    assert limpiar(tecleado) == guardado
    assert limpiar(guardado) == guardado


@given(st.text(alphabet='<>script/img p=1"&;', max_size=60))
def test_nada_de_lo_guardado_es_html_al_mostrarse(tecleado: str) -> None:
    etiquetas = re.findall(r"<[^>]*>", a_html(limpiar(tecleado)))
    assert {re.sub(r"[</>]", "", e).strip() for e in etiquetas} <= ETIQUETAS


TECLEADO = st.text(alphabet="a1* \n\t\\-><b/áñ.(\u200b", max_size=60)


@pytest.mark.parametrize(
    ("tecleado", "guardado"),
    [
        ("Se cierra. ****", "Se cierra."),
        ("****", ""),
        ("Se **** cierra.", "Se cierra."),
        ("(****)", "()"),
        ("Uno.\n**\nDos.", "Uno.\n\nDos."),
        ("La cuenta ****1234 y **así**.", "La cuenta ****1234 y **así**."),
        ("** Nota al pie.", "** Nota al pie."),
        ("**uno****dos**", "**uno****dos**"),
        (r"Literal: \****", r"Literal: \****"),
    ],
)
def test_las_marcas_vacias_no_quedan_en_el_texto(tecleado: str, guardado: str) -> None:
    assert limpiar(tecleado) == guardado


@given(TECLEADO)
def test_limpiar_dos_veces_es_limpiar_una_y_no_deja_marcas_vacias(tecleado: str) -> None:
    limpio = limpiar(tecleado)
    assert limpiar(limpio) == limpio or "<" in limpio  # lo escapado de un HTML pegado puede parecer otro
    assert " **** " not in f" {limpio} "


@given(st.text(alphabet="a1 *\n.", max_size=60))
def test_quitar_marcas_vacias_no_quita_palabras(tecleado: str) -> None:
    assert a_llano(limpiar(tecleado)).replace("*", "").split() == a_llano(tecleado).replace("*", "").split()


@given(TECLEADO)
def test_lo_llano_se_queda_como_se_tecleo(tecleado: str) -> None:
    limpio = limpiar_llano(tecleado)
    assert limpio.split() == tecleado.replace("\u200b", "").split()
    assert limpiar_llano(limpio) == limpio
