"""Lo que se prueba por turnos: con cada cambio una parte, otra cada día; `make turnos` lo prueba todo.

Solo para lo que tarda mucho y se repite sobre cosas parecidas (cada tabla, cada cuenta, cada acta larga).
"""

import datetime as dt
import os

TODO = os.environ.get("TURNOS") == "todo"
# En el entorno: todos los trabajadores de una corrida reparten igual, aunque empiece antes de medianoche.
HOY = int(os.environ.setdefault("DIA_DE_LA_CORRIDA", str(dt.date.today().toordinal())))


def toca(n: int, partes: int, parte: int = 0) -> bool:
    """Si hoy le toca a lo que lleva el número `n`, repartido en tantas partes."""
    return TODO or (n + HOY) % partes == parte
