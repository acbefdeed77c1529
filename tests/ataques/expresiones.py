"""Cada expresión regular del portal contra textos repetidos: `python -m tests.ataques.expresiones`.

Con mil quinientos caracteres, una expresión cuadrática tarda centésimas; una cúbica o exponencial no termina,
y quien llama lo nota porque se acaba el plazo. Escribe cuántas probó.
"""

import importlib
import os
import pkgutil
import re
import sys
from collections.abc import Iterator

LARGO = 1500
TROZOS = ("a", " ", "1", "-", "(", "=", "a ", "1.", "«", "[testado 1", "A. ", "aA1 ", "\n", "'")
FINALES = ("", "!", "\x00")
FUERA = (".migrations", ".management", "__main__", ".wsgi")
PAQUETES = ("stl_portal", "sesiones", "ejes", "municipios")


def expresiones() -> Iterator["re.Pattern[str]"]:
    """Las que algún módulo guarda con un nombre, solas o dentro de una lista, una tupla o un diccionario."""
    vistas: set[tuple[str, int]] = set()
    for paquete in PAQUETES:
        raiz = importlib.import_module(paquete)
        for modulo in pkgutil.walk_packages(raiz.__path__, f"{paquete}."):
            if any(parte in modulo.name for parte in (".migrations", ".management", "__main__", ".wsgi")):
                continue
            for expresion in _dentro(list(vars(importlib.import_module(modulo.name)).values())):
                if (expresion.pattern, expresion.flags) not in vistas:
                    vistas.add((expresion.pattern, expresion.flags))
                    yield expresion


def _dentro(valor: object) -> Iterator["re.Pattern[str]"]:
    if isinstance(valor, re.Pattern) and isinstance(valor.pattern, str):
        yield valor
    elif isinstance(valor, (list, tuple, frozenset, set)):
        for parte in valor:
            yield from _dentro(parte)
    elif isinstance(valor, dict):
        for parte in [*valor.keys(), *valor.values()]:
            yield from _dentro(parte)


def main() -> int:
    """Las prueba todas."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stl_portal.settings")
    import django

    django.setup()
    cuantas = 0
    for expresion in expresiones():
        print(expresion.pattern[:80], file=sys.stderr)  # si se atora, la última es la culpable
        for trozo in TROZOS:
            for final in FINALES:
                texto = trozo * (LARGO // len(trozo)) + final
                expresion.search(texto), expresion.match(texto), expresion.fullmatch(texto)
        cuantas += 1
    print(cuantas)
    return 0


if __name__ == "__main__":
    sys.exit(main())
