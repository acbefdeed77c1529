"""El mes que se sugiere a quien pidió uno que no hay: «calendario/2026/13/», «calendario/2026-11»."""

import re
from collections.abc import Iterator, Sequence

from django.utils import timezone

from stl_portal.publico.registro import PARECIDAS, Enlace

from .mes import Mes
from .views import ANIOS_POR_VENIR, PRIMER_ANIO


def del_calendario(partes: Sequence[str]) -> Iterator[Enlace]:
    """De ese año, el mes pedido o, si no existe, el más cercano."""
    anio, numero, *_ = [int(n) for n in re.findall(r"[0-9]{1,4}", " ".join(partes[1:]))] + [0, 0]
    if PRIMER_ANIO <= anio <= timezone.localdate().year + ANIOS_POR_VENIR:
        mes = Mes(anio, min(max(numero, 1), 12))
        yield Enlace(f"Calendario de {mes}", mes.url)


def registrar() -> None:
    """Se llama desde `PublicoConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["calendario"] = del_calendario
