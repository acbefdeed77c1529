"""La semana que se sugiere a quien pidió una que no hay: «novedades/2026-W47/», «novedades/2026/60/»."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from django.utils import timezone

from stl_portal.publico.registro import PARECIDAS, Enlace

from .semana import Semana
from .views import PRIMER_ANIO


def de_las_novedades(partes: Sequence[str]) -> Iterator[Enlace]:
    """La de ese año y ese número, también como la escribe ISO 8601; si no existe, ninguna."""
    anio, numero, *_ = [int(n) for n in re.findall(r"[0-9]{1,4}", " ".join(partes[1:]))] + [0, 0]
    with suppress(ValueError):
        semana = Semana.leer(anio, numero)
        if anio >= PRIMER_ANIO and semana <= Semana.de(timezone.localdate()):
            yield Enlace(f"Qué cambió del {semana}", semana.url)


def registrar() -> None:
    """Se llama desde `PublicoConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["novedades"] = de_las_novedades
