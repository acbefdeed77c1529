"""Un corte municipal publicado (el 1) y otro en preparación, para las direcciones de quien los prepara."""

import datetime as dt

from django.utils import timezone

from municipios.cortes import preparar
from municipios.cortes.publicar import publicar
from tests.personas import DIA, Reparto

PASOS = ("corte", "datos", "etapas", "quitar", "previa", "publicar")
DE_QUE = {f"cortes_municipales:{nombre}": {"numero": "corte_municipal"} for nombre in PASOS}


def cortado(reparto: Reparto) -> dict[str, str | int]:
    """El publicado es anterior a lo anotado en `mundo`, que así todavía se puede deshacer."""
    antes = preparar.abrir(reparto.organo, nombre="Publicado", fecha=DIA - dt.timedelta(days=1))
    publicar(antes, None, timezone.now())
    return {"corte_municipal": preparar.abrir(reparto.organo, nombre="Por publicar", fecha=DIA).numero}
