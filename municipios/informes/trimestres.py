"""Los trimestres del año: cuáles ya terminaron y de cuáles falta informe. Reglas puras."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from stl_portal.espanol import MESES

ULTIMO = 4  # el de octubre a diciembre
ATRAS = 8  # cuántos trimestres anteriores se ofrecen
DIAS_PARA_ENTREGAR = 10  # después de que termina el trimestre; pasados, urge y se recuerda


@dataclass(frozen=True, order=True)
class Trimestre:
    """Tres meses seguidos: el 1 va de enero a marzo y el 4, de octubre a diciembre."""

    anio: int
    numero: int

    def __str__(self) -> str:
        return f"{MESES[3 * self.numero - 3]} a {MESES[3 * self.numero - 1]} de {self.anio}"

    @property
    def clave(self) -> str:
        """«2026-3»."""
        return f"{self.anio}-{self.numero}"

    @property
    def anterior(self) -> "Trimestre":
        """El de los tres meses previos."""
        return Trimestre(self.anio - 1, ULTIMO) if self.numero == 1 else Trimestre(self.anio, self.numero - 1)

    @property
    def siguiente(self) -> "Trimestre":
        """El de los tres meses que siguen."""
        return Trimestre(self.anio + 1, 1) if self.numero == ULTIMO else Trimestre(self.anio, self.numero + 1)

    @property
    def termina(self) -> dt.date:
        """Su último día."""
        que_sigue = self.siguiente
        return dt.date(que_sigue.anio, 3 * que_sigue.numero - 2, 1) - dt.timedelta(days=1)


def de(dia: dt.date) -> Trimestre:
    """El trimestre en que cae ese día."""
    return Trimestre(dia.year, (dia.month + 2) // 3)


def ultimo_terminado(al: dt.date) -> Trimestre:
    """El más reciente que ya terminó; el último día de un trimestre todavía no ha terminado."""
    return de(al).anterior


def existia(trimestre: Trimestre, desde: dt.date | None) -> bool:
    """Si el órgano existió algún día de ese trimestre; sin fecha no consta desde cuándo y se admite."""
    return desde is None or desde <= trimestre.termina


def por_empezar(al: dt.date, ya: Collection[Trimestre], desde: dt.date | None = None) -> list[Trimestre]:
    """Los que pueden empezarse: el que corre y los anteriores sin informe, del más reciente al más viejo.

    Ninguno que haya terminado antes de `desde`, el día en que el órgano empezó a existir.
    """
    actual, ofrecidos = de(al), []
    for _ in range(ATRAS + 1):
        ofrecidos.append(actual)
        actual = actual.anterior
    return [uno for uno in ofrecidos if uno not in ya and existia(uno, desde)]


def huecos(ya: Collection[Trimestre]) -> Iterator[Trimestre]:
    """Los que quedaron sin informe entre el primero y el último que sí lo tienen."""
    if not ya:
        return
    actual, ultimo = min(ya), max(ya)
    while actual < ultimo:
        actual = actual.siguiente
        if actual not in ya:
            yield actual
