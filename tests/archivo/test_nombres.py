"""El nombre de quien sube es solo una etiqueta: se limpia y nunca sale de su lugar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stl_portal.archivo.nombres import MAXIMO, limpiar_nombre


@pytest.mark.parametrize(
    ("sucio", "limpio"),
    [
        ("acta.pdf", "acta.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\eva\\acta final.pdf", "acta final.pdf"),
        ("acta\x00\r\nSet-Cookie: a=b.pdf", "actaSet-Cookie a=b.pdf"),
        ('a"; filename="malo.exe"; x=".pdf', "a ; filename= malo.exe ; x=.pdf"),
        ("factura\u202efdp.exe", "facturafdp.exe"),  # se leía «facturaexe.pdf»
        ("sesión 📎 <final>?.pdf", "sesión 📎 final.pdf"),
        ("Sesio\u0301n.pdf", "Sesión.pdf"),
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1.tar.pdf", "_lpt1.tar.pdf"),
        ("...", "archivo"),
        ("", "archivo"),
        (".pdf", "pdf"),
        ("a" * 300 + ".pdf", "a" * 146 + ".pdf"),
        ("a.pdf" + " " * 300, "a.pdf"),
    ],
)
def test_limpia(sucio: str, limpio: str) -> None:
    assert limpiar_nombre(sucio) == limpio


@given(st.text(max_size=400))
def test_siempre_cabe_no_sale_de_su_carpeta_y_repetir_no_cambia(nombre: str) -> None:
    limpio = limpiar_nombre(nombre)
    assert 0 < len(limpio) <= MAXIMO + 1
    assert not set(limpio) & set('/\\\x00\r\n"\u202e')
    assert limpio not in {".", ".."}
    assert limpio == limpio.strip()
    assert limpiar_nombre(limpio) == limpio
