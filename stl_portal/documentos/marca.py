"""Marca de agua de los documentos que aún no son definitivos."""

from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape
from weasyprint import HTML, Page

from stl_portal.documentos import tipografia
from stl_portal.documentos.hoja import Hoja


def estampar(hojas: Sequence[Hoja], texto: str) -> None:
    """Pone el texto, pálido y en diagonal, debajo del contenido de todas las hojas."""
    fondo = _fondo(texto)
    for hoja in hojas:
        hoja.fondos.append(fondo)


@lru_cache(maxsize=8)
def _fondo(texto: str) -> Page:
    fuente = HTML(string=f"<p>{escape(texto)}</p>", url_fetcher=tipografia.lector())
    compuesto = fuente.render(font_config=tipografia.letras(), stylesheets=tipografia.hojas("marca.css"))
    return compuesto.pages[0]
