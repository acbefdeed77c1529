"""Código QR como dibujo vectorial: un mapa de bits no cumple PDF/A (6.2.8)."""

import segno
from django.utils.safestring import SafeString, mark_safe


def qr_svg(url: str, *, titulo: str = "") -> SafeString:
    """SVG en línea del QR de una dirección, con corrección de errores M y su zona de silencio.

    `titulo` es el texto alternativo; si falta, se dice la propia dirección.
    """
    codigo = segno.make(url, error="m", micro=False)
    dibujo = codigo.svg_inline(
        border=4,
        omitsize=True,
        svgclass="qr",
        lineclass=None,
        title=titulo or f"Código QR: {url}",
    )
    return mark_safe(dibujo)  # noqa: S308 -- segno escapa el título y solo dibuja trazos
