"""Leer muchos renglones sin que el recolector repase, una y otra vez, todo lo ya leído."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def sin_repasos() -> Iterator[None]:
    """Los nombres ya leídos crecen, y el recolector repasaría por ellos todo el proceso una y otra vez.

    Son casi la mitad del tiempo. Lo que se deja de usar se libera igual; los ciclos, al terminar.
    """
    encendido = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if encendido:
            gc.enable()
