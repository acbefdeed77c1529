"""La semana, de lunes a domingo, con el número que le da ISO 8601."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from stl_portal.espanol import MESES, fecha_larga


@dataclass(frozen=True, order=True)
class Semana:
    """Una semana del año."""

    anio: int
    numero: int

    @classmethod
    def de(cls, dia: dt.date) -> "Semana":
        """La de ese día."""
        return cls(*dia.isocalendar()[:2])

    @classmethod
    def leer(cls, anio: int, numero: int) -> "Semana":
        """La de ese año y ese número. Lanza `ValueError` si no existe."""
        dt.date.fromisocalendar(anio, numero, 1)
        return cls(anio, numero)

    @property
    def lunes(self) -> dt.date:
        """Su primer día."""
        return dt.date.fromisocalendar(self.anio, self.numero, 1)

    @property
    def domingo(self) -> dt.date:
        """Su último día."""
        return self.lunes + dt.timedelta(days=6)

    @property
    def anterior(self) -> "Semana":
        """La que pasó."""
        return Semana.de(self.lunes - dt.timedelta(days=7))

    @property
    def siguiente(self) -> "Semana":
        """La que entra."""
        return Semana.de(self.lunes + dt.timedelta(days=7))

    @property
    def instantes(self) -> tuple[dt.datetime, dt.datetime]:
        """Desde cuándo y hasta cuándo, sin contar el fin, en la hora del centro de México."""
        return _medianoche(self.lunes), _medianoche(self.siguiente.lunes)

    @property
    def url(self) -> str:
        """Su página."""
        return reverse("novedades:semana", args=(self.anio, self.numero))

    def __str__(self) -> str:
        """«16 al 22 de noviembre de 2026», «28 de diciembre de 2026 al 3 de enero de 2027»."""
        lunes, domingo = self.lunes, self.domingo
        if lunes.year != domingo.year:
            return f"{fecha_larga(lunes)} al {fecha_larga(domingo)}"
        mes = "" if lunes.month == domingo.month else f" de {MESES[lunes.month - 1]}"
        return f"{lunes.day}{mes} al {fecha_larga(domingo)}"


def _medianoche(dia: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dia, dt.time.min))
