"""La marca de agua se ve en todas las hojas, debajo del texto, y no interrumpe la lectura."""

import pytest

from stl_portal.documentos.pdf import producir
from tests.documentos.lector import a_la_vista, en_voz_alta, paginas
from tests.documentos.muestra import muestra


def test_se_ve_en_todas_las_paginas_y_no_se_lee() -> None:
    documento = muestra(marca="BORRADOR")
    vistas = a_la_vista(documento.contenido)
    assert [ornato.count("BORRADOR") for ornato in vistas] == [1] * documento.paginas
    assert "BORRADOR" not in en_voz_alta(documento.contenido)


def test_va_debajo_del_texto() -> None:
    documento = muestra(marca="BORRADOR", renglones=True)
    for _, ornato in paginas(documento.contenido):
        assert ornato[0].strip() == "BORRADOR"


def test_sin_marca_no_hay_nada_en_su_lugar() -> None:
    documento = muestra()
    assert not any("BORRADOR" in ornato for ornato in a_la_vista(documento.contenido))


def test_no_cambia_la_composicion() -> None:
    con, sin = (muestra(marca=marca, renglones=True) for marca in ("BORRADOR", None))
    assert con.renglones == sin.renglones
    assert con.paginas == sin.paginas


@pytest.mark.parametrize("texto", ["SIN VALOR", "<b>X</b>", "A & B"])
def test_el_texto_se_imprime_tal_cual(texto: str) -> None:
    documento = producir("<p>Hola</p>", titulo="Prueba", marca=texto)
    assert a_la_vista(documento.contenido)[0][0] == texto
