"""Una página con su flujo etiquetado y, aparte, lo que solo es ornato de la hoja.

Encabezado, pie, marca de agua y números de renglón se pintan como artefactos: se ven e imprimen,
pero no entran al orden de lectura ni a las etiquetas del documento.
"""

from collections.abc import Sequence
from copy import copy
from typing import Any

from weasyprint import Page
from weasyprint.formatting_structure.boxes import MarginBox


class Hoja(Page):
    """La página de WeasyPrint, con fondos debajo y capas encima de su texto."""

    def __init__(self, pagina: Page) -> None:
        # Se toma la página ya compuesta; no se vuelve a recorrer su árbol de cajas.
        self.__dict__.update(vars(pagina))
        caja = pagina._page_box
        marginales = [hija for hija in caja.children if isinstance(hija, MarginBox)]
        self._page_box = caja.copy_with_children(
            [hija for hija in caja.children if not isinstance(hija, MarginBox)]
        )
        self.fondos: list[Page] = []
        self.capas: list[Page] = [_solo(pagina, marginales)]

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Pinta fondos, flujo y capas; solo el flujo lleva etiquetas."""
        _como_artefacto(self.fondos, stream, scale)
        super().paint(stream, scale)
        _como_artefacto(self.capas, stream, scale)


def _solo(pagina: Page, cajas: list[Any]) -> Page:
    """La misma página con solo esas cajas, sin su fondo."""
    otra = copy(pagina)
    otra._page_box = pagina._page_box.copy_with_children(cajas)
    return otra


def _como_artefacto(paginas: Sequence[Page], stream: Any, escala: float) -> None:
    if not paginas:
        return
    with stream.artifact():
        etiquetas, stream._tags = stream._tags, None
        for pagina in paginas:
            pagina.paint(stream, escala)
        stream._tags = etiquetas
