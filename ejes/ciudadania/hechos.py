"""Lo que el plan dice de un órgano: que lo publicó y cuánto lleva, según su último corte."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.utils import timezone

from ejes.ciudadania import historia
from ejes.cortes.cuadro import Cuadro
from ejes.models import Plan
from ejes.models.plan import CambioPlan
from ejes.templatetags.plan import porciento
from stl_portal.espanol import fecha_larga
from stl_portal.publico import registro
from stl_portal.publico.registro import Hecho, Ligado, apuntar


def publicados(organos: Collection[int], al: dt.date) -> Iterator[Hecho]:
    """Los planes que esos órganos publicaron hasta esa fecha, con el día en que lo hicieron."""
    cambios = CambioPlan.objects.filter(verbo="publicar", objeto__in=_de(organos)).select_related("objeto")
    for cambio in cambios:
        plan, dia = cambio.objeto, timezone.localdate(cambio.cuando)
        if dia <= al:
            dicho = f"Publicó el {plan.nombre} el {fecha_larga(dia)}."
            yield Hecho(plan.organo_id, registro.PLAN, dia, dicho, plan.get_absolute_url())


def de_organos(organos: Collection[int]) -> Mapping[int, list[Ligado]]:
    """Los planes publicados de cada órgano, el más reciente primero, con su avance; dos consultas."""
    planes = list(_de(organos).order_by("-inicio", "-pk"))
    cuadros, ligados = historia.ultimos(planes), defaultdict(list)
    for plan in planes:
        texto = f"{plan.nombre}{_avance(cuadros.get(plan.pk))}"
        ligados[plan.organo_id].append(Ligado(texto, plan.get_absolute_url()))
    return ligados


def _de(organos: Collection[int]) -> Any:
    return Plan.objects.publicados().filter(organo__in=organos)


def _avance(cuadro: Cuadro | None) -> str:
    """«: 42 % de avance declarado al 30 de noviembre de 2023»; de dónde sale la cifra se dice siempre."""
    if cuadro is None:
        return ""
    total, al = cuadro.total, fecha_larga(cuadro.corte["hasta"])
    if total.declarado is not None:
        return f": {porciento(total.declarado)} de avance declarado al {al}"
    if total.calculado is not None:
        return f": {porciento(total.calculado)} de avance calculado al {al}"
    return f": con un corte al {al}"


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(registro.HECHOS, publicados)
    apuntar(registro.DE_ORGANOS, de_organos)
