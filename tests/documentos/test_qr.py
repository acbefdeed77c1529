"""El QR es un dibujo, con texto alternativo, que dice exactamente su dirección."""

from xml.etree import ElementTree

import pytest

from stl_portal.documentos.qr import qr_svg
from tests.documentos.muestra import DIRECCION

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("titulo", "dice"),
    [("", f"Código QR: {DIRECCION}"), ("Verificar <acta> & datos", "Verificar <acta> & datos")],
)
def test_es_un_dibujo_con_nombre(titulo: str, dice: str) -> None:
    raiz = ElementTree.fromstring(qr_svg(DIRECCION, titulo=titulo))
    nombre = raiz.find(f"{SVG}title") if raiz.tag.startswith(SVG) else raiz.find("title")
    assert nombre is not None
    assert nombre.text == dice
    assert {hijo.tag.removeprefix(SVG) for hijo in raiz.iter()} == {"svg", "title", "path"}
    assert raiz.get("viewBox")


def test_direcciones_distintas_dan_dibujos_distintos_y_la_misma_el_mismo() -> None:
    assert qr_svg(DIRECCION) == qr_svg(DIRECCION)
    assert qr_svg(DIRECCION, titulo="x") != qr_svg(DIRECCION + "a", titulo="x")
