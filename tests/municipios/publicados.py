"""Cortes publicados de verdad: por los mismos verbos que la mesa, con sus bytes sellados."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from municipios.cortes import preparar
from municipios.cortes.preparar import Como, DeEtapa
from municipios.cortes.publicar import publicar
from municipios.models import CorteMunicipalPublicado, Etapa
from sesiones.models import Organo
from tests.personas import DIA

AHORA = timezone.make_aware(dt.datetime(2026, 7, 1, 12))


def publicar_corte(
    organo: Organo,
    fecha: dt.date = DIA,
    totales: Mapping[Etapa, Mapping[str, int]] | None = None,
    **datos: Any,
) -> CorteMunicipalPublicado:
    """Un corte publicado; de las etapas de `totales` solo se conoce el total, por clave de situación."""
    campos = {"nombre": f"Corte al {fecha}", "fuente": "Lo anotado"} | datos
    corte = preparar.abrir(organo, fecha=fecha, **campos)
    dichas = {etapa.pk: DeEtapa(Como.TOTAL, _por_pk(etapa, de)) for etapa, de in (totales or {}).items()}
    preparar.guardar_etapas(corte, corte.version, dichas, None)
    return publicar(corte, None, AHORA)


def _por_pk(etapa: Etapa, de: Mapping[str, int]) -> dict[int, int]:
    return {etapa.situaciones.get(clave=clave).pk: cuantos for clave, cuantos in de.items()}
