"""Los plazos de un bimestre: cuándo se puede reportar, qué llega tarde y cuándo se recuerda.

Los días son naturales e inclusive: lo que se entrega el día del límite llega a tiempo.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

RECORDAR = (10, 3, 1, -1)  # días que faltan para el límite; -1 es el día después


@dataclass(frozen=True)
class Ventana:
    """Las tres fechas que rigen; la que no se conoce es None."""

    abre: dt.date | None = None
    entrega: dt.date | None = None
    carga: dt.date | None = None

    def abierta(self, al: dt.date) -> bool:
        """Si ya se puede reportar. No se cierra: después del límite se recibe, pero consta que es tarde."""
        return self.entrega is not None and (self.abre is None or self.abre <= al)

    def vencida(self, al: dt.date) -> bool:
        """Si ya pasó el límite."""
        return self.entrega is not None and al > self.entrega

    def faltan(self, al: dt.date) -> int | None:
        """Días para el límite; negativos si ya pasó, None si no se conoce."""
        return None if self.entrega is None else (self.entrega - al).days

    def toca_recordar(self, al: dt.date) -> bool:
        """Si ese día se escribe a quien no ha enviado: 10, 3 y 1 días antes, y el día después."""
        return self.abierta(al) and self.faltan(al) in RECORDAR


def limite(fechas: Iterable[dt.date | None]) -> dt.date | None:
    """La última de las que se conocen."""
    return max((f for f in fechas if f is not None), default=None)
