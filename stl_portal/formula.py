"""Que ningún texto se vuelva fórmula al abrirlo en una hoja de cálculo, y que se vuelva a leer igual.

La regla es una para todo lo que se descarga: el apóstrofo delante es como la propia hoja marca un texto.
"""

import re

# También lo que ya empieza con apóstrofo se marca: así lo que se quita al leer es siempre lo que se puso.
_FORMULA = re.compile(r"'*[=+\-@\t\r]")


def neutro(valor: str) -> str:
    """El texto como se escribe en una celda: nunca como fórmula."""
    return f"'{valor}" if _FORMULA.match(valor) else valor


def de_celda(valor: str) -> str:
    """Lo que dice una celda que escribió `neutro`; lo demás queda igual."""
    return valor[1:] if valor.startswith("'") and _FORMULA.match(valor) else valor
