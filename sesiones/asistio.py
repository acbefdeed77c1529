"""Quién asiste: cuántas veces estuvo cada asiento y cada titular, con lo justificado aparte.

Se cuenta sobre las listas congeladas de sesiones concluidas. A nadie se le cuenta una sesión anterior al
día en que tomó el cargo.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sesiones.estados import Calidad, EstadoAsistencia


@dataclass(frozen=True)
class EnLista:
    """Un renglón del pase de lista de un asiento. `persona` es None si nadie consta en él."""

    sesion: int
    fecha: dt.date
    asiento: int
    persona: int | None
    calidad: str
    estado: str


@dataclass(frozen=True)
class Cargo:
    """Un nombramiento: desde cuándo y hasta cuándo (None si no se sabe o sigue) ocupa alguien un asiento."""

    clave: int
    asiento: int
    persona: int
    desde: dt.date | None
    hasta: dt.date | None


class Como(Enum):
    """Cómo estuvo un asiento en una sesión."""

    EN_PERSONA = "en_persona"
    POR_SUPLENTE = "por_suplente"
    JUSTIFICADA = "justificadas"
    FALTA = "faltas"
    SIN_TITULAR = "sin_titular"


@dataclass(frozen=True)
class Cuenta:
    """Cuántas sesiones estuvo de cada modo; juntas dan `sesiones`."""

    en_persona: int = 0
    por_suplente: int = 0
    justificadas: int = 0
    faltas: int = 0
    sin_titular: int = 0

    @property
    def sesiones(self) -> int:
        """Todas las que se le cuentan."""
        return self.en_persona + self.por_suplente + self.justificadas + self.faltas + self.sin_titular

    @property
    def representado(self) -> int:
        """En cuántas alguien ocupó el asiento."""
        return self.en_persona + self.por_suplente


def como_estuvo(renglones: Iterable[EnLista]) -> Como:
    """Cómo estuvo el asiento en una sesión; puede tener dos renglones si pasó de una persona a otra."""
    filas = list(renglones)
    presentes = [fila for fila in filas if fila.estado == EstadoAsistencia.PRESENTE]
    if presentes:
        titular = any(fila.calidad == Calidad.TITULAR for fila in presentes)
        return Como.EN_PERSONA if titular else Como.POR_SUPLENTE
    if any(fila.estado == EstadoAsistencia.JUSTIFICADA for fila in filas):
        return Como.JUSTIFICADA
    return Como.FALTA if any(fila.persona for fila in filas) else Como.SIN_TITULAR


def por_asiento(lista: Iterable[EnLista]) -> dict[int, Cuenta]:
    """La cuenta de cada asiento que aparece en la lista."""
    veces: dict[int, Counter[str]] = defaultdict(Counter)
    for (_, asiento), (_, como) in _por_sesion(lista).items():
        veces[asiento][como.value] += 1
    return {asiento: Cuenta(**cuantas) for asiento, cuantas in veces.items()}


def por_titular(lista: Iterable[EnLista], cargos: Iterable[Cargo]) -> dict[int, Cuenta]:
    """La cuenta de cada nombramiento, por su clave: solo las sesiones mientras lo tuvo.

    Si no consta cuándo inició, se cuenta desde la primera sesión en que aparece; si en ninguna, no se le
    cuenta nada.
    """
    renglones = list(lista)
    del_asiento: dict[int, list[tuple[dt.date, Como]]] = defaultdict(list)
    for (_, asiento), estuvo in _por_sesion(renglones).items():
        del_asiento[asiento].append(estuvo)
    primeras = _primeras(renglones)
    cuentas = {}
    for cargo in cargos:
        desde = cargo.desde or primeras.get((cargo.asiento, cargo.persona))
        if desde is None:
            continue
        veces = Counter(
            como.value
            for fecha, como in del_asiento[cargo.asiento]
            if desde <= fecha and (cargo.hasta is None or fecha <= cargo.hasta)
        )
        cuentas[cargo.clave] = Cuenta(**veces)
    return cuentas


def _primeras(lista: Iterable[EnLista]) -> dict[tuple[int, int], dt.date]:
    """De cada asiento y persona, la primera sesión en que aparece."""
    primeras: dict[tuple[int, int], dt.date] = {}
    for fila in lista:
        if fila.persona is not None:
            cual = fila.asiento, fila.persona
            primeras[cual] = min(fila.fecha, primeras.get(cual, fila.fecha))
    return primeras


def _por_sesion(lista: Iterable[EnLista]) -> Mapping[tuple[int, int], tuple[dt.date, Como]]:
    """De cada sesión y asiento, qué día fue y cómo estuvo."""
    juntos: dict[tuple[int, int], list[EnLista]] = defaultdict(list)
    for fila in lista:
        juntos[fila.sesion, fila.asiento].append(fila)
    return {cual: (filas[0].fecha, como_estuvo(filas)) for cual, filas in juntos.items()}
