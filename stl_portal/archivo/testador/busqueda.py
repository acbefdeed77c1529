"""Dónde dice un texto la capa de texto de un PDF, sin atender a acentos, mayúsculas ni espacios."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf

from .paginas import Letra, abrir, renglones

MARGEN = 1.5  # puntos alrededor de las letras: los trazos se salen de su caja
HALLAZGOS = 500
ROCE = 1e-9  # los decimales no suman exacto: lo que llega a la orilla no debe pasarse


def buscar(ruta: Path, texto: str) -> list[dict[str, float]]:
    """Rectángulos de 0 a 1, con su página, donde está `texto`; cuando mucho `HALLAZGOS`."""
    buscado = llano(texto)
    hallados: list[dict[str, float]] = []
    with abrir(ruta) as documento:
        for pagina in documento if buscado else ():
            suyos = (_relativo(pagina, caja) for caja in _en(pagina, buscado))
            hallados += (h for h in suyos if h["ancho"] > 0 and h["alto"] > 0)  # lo recortado no se ve
            if len(hallados) >= HALLAZGOS:
                break
    return hallados[:HALLAZGOS]


def llano(texto: str) -> str:
    """Sin acentos, espacios ni mayúsculas."""
    partido = unicodedata.normalize("NFKD", texto).casefold()
    return "".join(c for c in partido if not unicodedata.combining(c) and not c.isspace())


def _en(pagina: Any, buscado: str) -> Iterator[pymupdf.Rect]:
    """Una caja por cada renglón que toca: un dato puede partirse en dos."""
    letras = [(c, caja, n) for n, renglon in enumerate(renglones(pagina)) for c, caja in _llanas(renglon)]
    todo = "".join(c for c, _, _ in letras)
    desde = todo.find(buscado)
    while desde >= 0:
        por_renglon: dict[int, pymupdf.Rect] = {}
        for _, caja, n in letras[desde : desde + len(buscado)]:
            por_renglon[n] = por_renglon[n] | caja if n in por_renglon else caja
        yield from por_renglon.values()
        desde = todo.find(buscado, desde + len(buscado))


def _llanas(renglon: list[Letra]) -> Iterator[Letra]:
    """Una ligadura son varias letras en el mismo lugar."""
    return ((c, caja) for letra, caja in renglon for c in llano(letra))


def _relativo(pagina: Any, caja: pymupdf.Rect) -> dict[str, float]:
    """La caja con su margen, de 0 a 1 y dentro de la página."""
    ancho, alto = pagina.rect.width, pagina.rect.height
    grande = pymupdf.Rect(caja.x0 - MARGEN, caja.y0 - MARGEN, caja.x1 + MARGEN, caja.y1 + MARGEN)
    dentro = grande & pymupdf.Rect(0, 0, ancho, alto)
    return {
        "pagina": pagina.number + 1,
        "x": dentro.x0 / ancho,
        "y": dentro.y0 / alto,
        "ancho": dentro.width / ancho - ROCE,
        "alto": dentro.height / alto - ROCE,
    }
