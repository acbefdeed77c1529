"""Un reloj que la prueba mueve. Con `RELOJ`, el de todo el proceso, como si alguien corrigiera la hora.

Sin ella se mueven las dos puertas por las que el portal pregunta la hora; con ella (`make fallas`), faketime
cambia lo que contesta el sistema también a las bibliotecas. Lo que cuenta intervalos no salta, como en un
servidor de verdad.
"""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

DOS_HORAS = timedelta(hours=2)
CINCO_MINUTOS = timedelta(minutes=5)
BIEN = timedelta(0)
SALTOS = (BIEN, DOS_HORAS, -CINCO_MINUTOS, BIEN)


class Reloj:
    """Cuánto se desvía de la hora de verdad."""

    def __init__(self, parche: pytest.MonkeyPatch) -> None:
        """Empieza bien."""
        self.parche, self.desvio = parche, BIEN
        self.archivo = Path(os.environ["RELOJ"]) if "RELOJ" in os.environ else None
        self._hora, self._ahora = time.time, timezone.now
        if self.archivo is None:
            parche.setattr(time, "time", lambda: self._hora() + self.desvio.total_seconds())
            parche.setattr(timezone, "now", lambda: self._ahora() + self.desvio)

    def poner(self, desvio: timedelta) -> None:
        """Desde ahora marca la hora de verdad más ese desvío. Falla si el reloj no se movió."""
        antes, cambio = timezone.now(), desvio - self.desvio
        self.desvio = desvio
        if self.archivo is not None:
            nuevo = self.archivo.with_suffix(".nuevo")
            nuevo.write_text(f"{desvio.total_seconds():+.0f}\n", encoding="utf-8")
            nuevo.replace(self.archivo)
            assert abs(datetime.now(UTC) - antes - cambio) < timedelta(seconds=5), "el reloj no se movió"
        assert abs(timezone.now() - antes - cambio) < timedelta(seconds=5), "el reloj no se movió"
