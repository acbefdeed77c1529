"""Cuándo se reciben postulaciones: desde que abre y antes de que cierre, a la hora del centro de México.

El fin es exclusivo: lo que llega a la hora del cierre en punto ya no entra. No hay prórroga.
"""

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from zoneinfo import ZoneInfo

from stl_portal.espanol import enumerar, fecha_larga

CENTRO = ZoneInfo("America/Mexico_City")
_UNIDADES = (("hora", "horas", 3_600), ("minuto", "minutos", 60))


class Fase(Enum):
    """Dónde cae un momento respecto de la ventana."""

    ANTES = "antes"
    ABIERTA = "abierta"
    DESPUES = "despues"


@dataclass(frozen=True)
class Ventana:
    """El plazo para postular. Lanza `ValueError` si un momento no lleva huso o si cierra antes de abrir."""

    abre: dt.datetime
    cierra: dt.datetime

    def __post_init__(self) -> None:
        if self.abre.tzinfo is None or self.cierra.tzinfo is None:
            raise ValueError("Los momentos de la ventana llevan huso horario.")
        if self.cierra <= self.abre:
            raise ValueError("La ventana cierra después de abrir.")

    def fase(self, cuando: dt.datetime) -> Fase:
        """Dónde cae ese momento."""
        if cuando < self.abre:
            return Fase.ANTES
        return Fase.ABIERTA if cuando < self.cierra else Fase.DESPUES

    def abierta(self, cuando: dt.datetime) -> bool:
        """Si en ese momento se recibe."""
        return self.fase(cuando) is Fase.ABIERTA

    @property
    def dicha(self) -> str:
        """«Del 1 de diciembre de 2026 a las 09:00 h al 7 de febrero de 2027 a las 18:00 h»."""
        return f"Del {momento(self.abre)} al {momento(self.cierra)}"

    @property
    def dia_en_que_abre(self) -> dt.date:
        """El día, en el centro de México."""
        return self.abre.astimezone(CENTRO).date()

    def cuenta(self, cuando: dt.datetime) -> str:
        """Cómo se dice, en ese momento, lo que falta o que ya cerró; con la hora."""
        fase = self.fase(cuando)
        if fase is Fase.ANTES:
            return f"Abre el {momento(self.abre)}: {_faltan(cuando, self.abre)}"
        if fase is Fase.DESPUES:
            return self.cerro
        return f"Está abierta: {_faltan(cuando, self.cierra)} para que cierre"

    @property
    def cerro(self) -> str:
        """«Cerró el 7 de febrero de 2027 a las 18:00 h»."""
        return f"Cerró el {momento(self.cierra)}"


def momento(cuando: dt.datetime) -> str:
    """«7 de febrero de 2027 a las 18:00 h», a la hora del centro de México."""
    local = cuando.astimezone(CENTRO)
    return f"{fecha_larga(local.date())} a las {local:%H:%M} h"


def _faltan(desde: dt.datetime, hasta: dt.datetime) -> str:
    """«faltan 3 días», contados en el calendario; el último día, «faltan 4 horas y 10 minutos».

    En días dice lo mismo todo el día: también en la página guardada y en la copia sin servidor.
    """
    if dias := (hasta.astimezone(CENTRO).date() - desde.astimezone(CENTRO).date()).days:
        return "falta 1 día" if dias == 1 else f"faltan {dias} días"
    segundos, partes = int((hasta - desde).total_seconds()), []
    for una, varias, vale in _UNIDADES:
        cuantas, segundos = divmod(segundos, vale)
        if cuantas:
            partes.append((cuantas, una if cuantas == 1 else varias))
    if not partes:
        return "falta menos de un minuto"
    verbo = "falta" if partes[0][0] == 1 else "faltan"
    return f"{verbo} {enumerar(f'{n} {unidad}' for n, unidad in partes)}"
