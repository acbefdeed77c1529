"""Qué consta de cada cambio: publicado el plan, quién lo hizo, cuándo y qué decía antes."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from ejes.estados import EstadoPlan
from ejes.models import Plan

VERBO = "corregir"  # en la historia del plan, junto a sus cambios de estado


def anotar(plan_de: Callable[[Any], Plan]) -> Callable[[Any, str, Any], None]:
    """La constancia de un registro cuyas filas dan su plan con `plan_de`."""

    def anota(fila: Any, que: str, por: Any) -> None:
        plan = plan_de(fila)
        if plan.estado == EstadoPlan.PUBLICADO:
            dicho = f"{fila._meta.verbose_name.capitalize()} «{fila}». {que}"
            plan.historia.create(
                verbo=VERBO, de=plan.estado, a=plan.estado, por=por, cuando=timezone.now(), nota=dicho
            )

    return anota
