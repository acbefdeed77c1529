"""Qué es una medida y cómo se toma: siempre una cosa contra otra, alternadas en la misma corrida.

En máquinas compartidas un tiempo suelto no significa nada; la razón entre dos cosas medidas por
turnos sí. Cada módulo de `bench/` con una función `medir()` entrega una o varias medidas.
"""

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Medida:
    """Cuántas veces cuesta `que` lo que cuesta `contra`.

    `razon` no tiene unidades. `meta` es el tope deseado (o el mínimo si `mayor_es_mejor`);
    `nota` añade lo que la razón no cuenta: errores, escrituras perdidas, tamaño.
    """

    que: str
    contra: str
    razon: float
    meta: float
    mayor_es_mejor: bool = False
    nota: str = ""

    @property
    def cumple(self) -> bool:
        """Si la razón alcanza la meta."""
        return self.razon >= self.meta if self.mayor_es_mejor else self.razon <= self.meta


def segundos(accion: Callable[[], object], reloj: Callable[[], float] = perf_counter) -> float:
    """Duración de una llamada, con el recolector de basura quieto."""
    gc.collect()
    inicio = reloj()
    accion()
    return reloj() - inicio


def razon(
    accion: Callable[[], object],
    referencia: Callable[[], object],
    veces: int = 15,
    reloj: Callable[[], float] = perf_counter,
) -> float:
    """Mediana de los cocientes de `veces` parejas medidas por turnos, tras una pareja de calentamiento.

    `reloj` puede ser `time.process_time` cuando todo ocurre en este proceso: así no estorban otros.
    """
    accion(), referencia()
    parejas = [(segundos(accion, reloj), segundos(referencia, reloj)) for _ in range(veces)]
    return median(una / otra for una, otra in parejas)
