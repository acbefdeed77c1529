"""Páginas de un PDF como se ven: su imagen, y cada letra con el lugar que ocupa en ella."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.veredicto import ArchivoRechazado

PUNTOS_POR_PULGADA = 72
PIXELES = 9_000_000  # por página: tamaño oficio a 300 puntos por pulgada
# Sin el «texto de reemplazo» que un PDF puede declarar: no se ve en la página y podría decir otra cosa.
COMO_SE_LEE = pymupdf.TEXTFLAGS_RAWDICT | pymupdf.TEXT_IGNORE_ACTUALTEXT
Letra = tuple[str, pymupdf.Rect]


@contextmanager
def abrir(ruta: Path) -> Iterator[Any]:
    """El PDF con sus notas y campos convertidos en parte de la página. Lanza `ArchivoRechazado`.

    También si lo dañado se topa al leerlo, dentro del `with`.
    """
    pymupdf.TOOLS.mupdf_display_errors(on=False)
    try:
        documento = pymupdf.open(ruta, filetype="pdf")
        documento.bake()
    except (RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase) as error:
        raise ArchivoRechazado(frases.DANADO) from error
    with documento:
        try:
            yield documento
        except pymupdf.mupdf.FzErrorBase as error:
            raise ArchivoRechazado(frases.DANADO) from error


def pagina_de(documento: Any, numero: int) -> Any:
    """La página `numero`, desde 1. Lanza `ArchivoRechazado`."""
    if not 1 <= numero <= documento.page_count:
        raise ArchivoRechazado(f"El archivo no tiene página {numero}.")
    return documento[numero - 1]


def dibujar(pagina: Any, puntos: int, pixeles: int = PIXELES) -> Image.Image:
    """La página a `puntos` por pulgada, o a menos si pasaría de `pixeles`; con su giro y su recorte."""
    ancho, alto = pagina.rect.width, pagina.rect.height
    escala = min(puntos / PUNTOS_POR_PULGADA, (pixeles / (ancho * alto)) ** 0.5)
    mapa = pagina.get_pixmap(matrix=pymupdf.Matrix(escala, escala), colorspace=pymupdf.csRGB, alpha=False)
    return Image.frombytes("RGB", (mapa.width, mapa.height), mapa.samples)


def renglones(pagina: Any) -> Iterator[list[Letra]]:
    """Cada renglón de texto, letra por letra, en el lugar en que se ve. También el texto invisible."""
    giro = pagina.rotation_matrix
    for bloque in pagina.get_text("rawdict", flags=COMO_SE_LEE)["blocks"]:
        for renglon in bloque.get("lines", ()):
            yield [
                (letra["c"], pymupdf.Rect(letra["bbox"]) * giro)
                for tramo in renglon["spans"]
                for letra in tramo["chars"]
            ]


def palabras(pagina: Any) -> Iterator[list[Letra]]:
    """Los mismos renglones, partidos donde hay espacios."""
    for renglon in renglones(pagina):
        palabra: list[Letra] = []
        for letra in renglon:
            if not letra[0].isspace():
                palabra.append(letra)
            elif palabra:
                yield palabra
                palabra = []
        if palabra:
            yield palabra
