"""El mes como se dibuja en una pared: semanas de lunes a domingo."""

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from stl_portal.espanol import MESES

from .registro import Cita


@dataclass(frozen=True)
class Casilla:
    """Un día de la rejilla; los que completan la semana son de otro mes y van vacíos."""

    dia: dt.date
    del_mes: bool
    citas: tuple[Cita, ...] = ()


@dataclass(frozen=True, order=True)
class Mes:
    """Un mes del calendario."""

    anio: int
    numero: int

    @classmethod
    def de(cls, dia: dt.date) -> "Mes":
        """El de ese día."""
        return cls(dia.year, dia.month)

    def __str__(self) -> str:
        """«noviembre de 2026»."""
        return f"{MESES[self.numero - 1]} de {self.anio}"

    @property
    def primero(self) -> dt.date:
        """Su primer día."""
        return dt.date(self.anio, self.numero, 1)

    @property
    def ultimo(self) -> dt.date:
        """Su último día."""
        return dt.date(self.anio, self.numero, calendar.monthrange(self.anio, self.numero)[1])

    @property
    def anterior(self) -> "Mes":
        """El mes pasado."""
        return Mes(self.anio - (self.numero == 1), (self.numero - 2) % 12 + 1)

    @property
    def siguiente(self) -> "Mes":
        """El mes que entra."""
        return Mes(self.anio + self.numero // 12, self.numero % 12 + 1)

    @property
    def url(self) -> str:
        """Su página."""
        return reverse("calendario:mes", args=(self.anio, self.numero))

    def semanas(self, citas: Iterable[Cita]) -> list[list[Casilla]]:
        """Sus semanas completas, cada día con lo suyo."""
        todas = list(citas)
        return [
            [Casilla(d, d.month == self.numero, _del_dia(todas, d, self)) for d in semana]
            for semana in calendar.Calendar().monthdatescalendar(self.anio, self.numero)
        ]

    def por_dia(self, citas: Iterable[Cita]) -> list[tuple[dt.date, list[Cita]]]:
        """Los días con algo, en orden; lo que empezó antes se dice el primer día del mes."""
        dias: dict[dt.date, list[Cita]] = {}
        for cita in citas:
            dias.setdefault(max(cita.dia, self.primero), []).append(cita)
        return sorted(dias.items())


def _del_dia(citas: list[Cita], dia: dt.date, mes: Mes) -> tuple[Cita, ...]:
    if dia.month != mes.numero:
        return ()
    return tuple(cita for cita in citas if cita.dia <= dia <= cita.ultimo)
