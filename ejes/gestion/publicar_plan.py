"""Publicar un plan: desde entonces lo lee cualquiera y lo suyo se corrige, pero ya no se quita."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from ejes.gestion import tablero
from ejes.models import Eje, Plan
from sesiones.models import Organo
from stl_portal.transiciones import TransicionInvalida


def publicar(plan: Plan, por: Any) -> None:
    """Lo hace público. Lanza `TransicionInvalida` si le falta algo o ya lo estaba.

    Toma el mismo candado que los registros: nadie le quita un eje mientras se comprueba que está completo.
    """
    with transaction.atomic():
        Organo.objects.select_for_update().get(pk=plan.organo_id)
        plan.exigir("publicar")
        if falta := lo_que_falta(tablero.arbol(plan)):
            raise TransicionInvalida(f"Todavía no se puede publicar el plan. {' '.join(falta)}")
        plan.cambiar("publicar", por)


def lo_que_falta(ejes: Iterable[Eje]) -> list[str]:
    """Lo que impide publicar el plan; vacío si ya se puede. `ejes` viene de `tablero.arbol`."""
    filas = list(ejes)
    if not filas:
        return ["Agrega al menos un eje."]
    return [
        f"Di quién responde por el {eje}, o por sus compromisos."
        for eje in filas
        if not (eje.responsable_id or any(c.responsable_id for c in eje.compromisos.all()))
    ]
