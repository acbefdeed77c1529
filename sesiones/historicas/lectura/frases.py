"""Las frases de un párrafo, sin partir en «Lic.» ni en «A.C.»."""

import re
from collections.abc import Iterator

_FIN = re.compile(r"[.;]\s+(?=[A-ZÁÉÍÓÚÑ¡¿«\"“])")
_ABREVIADA = re.compile(
    r"(?:^|[\s(])(?:lic|licda|mtr[oa]|dra?|ing|arq|c|cc|prof|profa|c\.p|a\.\s?c|s\.\s?c|ma|fracc"
    r"|art|núm|no|av|col|[a-z])$",
    re.I,
)


def partir(texto: str) -> Iterator[tuple[int, int]]:
    """Dónde empieza y termina cada frase."""
    desde = 0
    for fin in _FIN.finditer(texto):
        if texto[fin.start()] == "." and _ABREVIADA.search(texto[max(0, fin.start() - 8) : fin.start()]):
            continue
        yield desde, fin.start() + 1
        desde = fin.end()
    if desde < len(texto):
        yield desde, len(texto)


def fin_de(texto: str, desde: int) -> int:
    """Dónde termina la frase que está en esa letra."""
    return next((hasta for inicio, hasta in partir(texto) if inicio <= desde < hasta), len(texto))
