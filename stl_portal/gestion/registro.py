"""Lo que espera a alguien, para el tablero de la administración; el portal no conoce a las aplicaciones.

Cada una se apunta desde `AppConfig.ready()`; el tablero recorre la lista.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Espera:
    """Una clase de cosas que esperan: cuántas, a quién le toca y dónde se ven.

    `cuantas` son las reales y `ficticias` las de órganos de ejemplo, que nunca se suman con ellas.
    `que` va en plural y minúsculas («reportes por revisar»); `orden` menor va antes.
    """

    que: str
    detalle: str
    url: str
    accion: str
    cuantas: int
    ficticias: int = 0
    orden: int = 50
    grave: bool = False  # algo falló y no se arregla esperando

    @property
    def hay(self) -> bool:
        """Si espera algo, aunque sea de ejemplo."""
        return bool(self.cuantas or self.ficticias)


@dataclass(frozen=True)
class Respaldo:
    """El último que salió bien: de qué, cuándo y qué llevó. `avisos` dice lo que urge; vacío, va al día."""

    que: str
    hecho_el: dt.datetime | None
    dicho: str
    avisos: tuple[str, ...] = ()
    url: str = ""


ESPERAN: list[Callable[[dt.date], Iterable[Espera]]] = []
# Quien haga los respaldos apunta aquí con qué se pregunta por el último; vacía, el portal no hace ninguno.
RESPALDOS: list[Callable[[], Respaldo | None]] = []


def en_espera(al: dt.date) -> list[Espera]:
    """Todo: lo real, primero lo que falló; luego lo solo ficticio; al final lo que está al día."""
    todas = [espera for fuente in ESPERAN for espera in fuente(al)]
    return sorted(todas, key=lambda e: (not e.hay, not e.cuantas, not e.grave, e.orden))
