"""Ningún carácter se queda sin letra: lo que las fuentes no dibujan se dice con su código.

Una letra tomada del sistema haría distinto el PDF en cada máquina (y un emoji de colores no cumple
PDF/A). Se cambian espacios y guiones raros por los comunes y lo demás por «[U+1F600]»: visible,
buscable y sin inventar nada.
"""

import re
import unicodedata

from stl_portal.documentos.tipografia import cobertura

EQUIVALENTES = {
    **dict.fromkeys("\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000", " "),
    **dict.fromkeys("\u2007\u2009\u200a\u202f", "\u00a0"),
    **dict.fromkeys("\u2010\u2011", "-"),
    "\u2012": "–",
    "\u2015": "—",
}
# Controles, anchura cero, direccionalidad y selectores de variante: no se ven, se quitan.
INVISIBLES = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def dibujable(html: str) -> str:
    """El mismo HTML, en NFC y con solo caracteres que ambas familias de letra pueden dibujar."""
    html = unicodedata.normalize("NFC", html)
    if set(html) <= cobertura():
        return html
    limpio = unicodedata.normalize("NFC", INVISIBLES.sub("", html))
    faltan = set(limpio) - cobertura()
    return limpio.translate({ord(letra): _en_su_lugar(letra) for letra in faltan})


def _en_su_lugar(letra: str) -> str:
    return EQUIVALENTES.get(letra, f"[U+{ord(letra):04X}]")
