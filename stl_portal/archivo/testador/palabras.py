"""Las zonas crecen hasta las palabras que tocan: de un renglón a medio tapar se lee lo que asoma."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import Any

import pymupdf

from .busqueda import ROCE
from .paginas import abrir, pagina_de, palabras
from .pdf import toca
from .zonas import Zona


def enteras(ruta: Path, zonas: Sequence[Zona]) -> list[Zona]:
    """Cada zona con las palabras completas que toca; sin capa de texto quedan como están.

    Lanza `ArchivoRechazado` si el PDF no se puede leer o no tiene esa página.
    """
    with abrir(ruta) as documento:

        @cache
        def escritas(numero: int) -> list[list[pymupdf.Rect]]:
            pagina = pagina_de(documento, numero)
            return [[caja for _, caja in palabra] for palabra in palabras(pagina)]

        return [_crecida(pagina_de(documento, zona.pagina), zona, escritas(zona.pagina)) for zona in zonas]


def _crecida(pagina: Any, zona: Zona, escritas: list[list[pymupdf.Rect]]) -> Zona:
    """La zona y lo que de la página ocupan las palabras que toca."""
    ancho, alto = pagina.rect.width, pagina.rect.height
    marcada = pymupdf.Rect(zona.en(ancho, alto))
    tocadas = [letra for letras in escritas if any(toca(x, marcada) for x in letras) for letra in letras]
    if not tocadas:
        return zona
    caja = reduce(or_, tocadas, marcada) & pymupdf.Rect(0, 0, ancho, alto)
    return replace(
        zona,
        x=caja.x0 / ancho,
        y=caja.y0 / alto,
        ancho=caja.width / ancho - ROCE,
        alto=caja.height / alto - ROCE,
    )
