"""Los ejes y compromisos con que otras aplicaciones relacionan lo suyo, y lo que ellas dicen de cada uno."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet

from ejes.estados import EstadoPlan
from ejes.models import Compromiso, Eje
from stl_portal.publico.registro import DE_LO_DEL_PLAN, PLANES, DelPlan, FuenteDelPlan, Ligado, apuntar


def de_organos(organos: Collection[int]) -> Iterator[DelPlan]:
    """Los de los planes publicados de esos órganos, el plan más reciente primero."""
    return _dichos(Q(plan__organo__in=organos))


def por_clave(claves: Collection[str]) -> Iterator[DelPlan]:
    """De esas claves, las que hoy son públicas."""
    planes = {clave.partition("/")[0] for clave in claves}
    return (
        (dicho for dicho in _dichos(Q(plan__clave__in=planes)) if dicho.clave in claves)
        if planes
        else iter(())
    )


def _dichos(cuales: Q) -> Iterator[DelPlan]:
    """Cada eje con sus compromisos detrás; dos consultas."""
    for eje in _ejes(cuales):
        yield DelPlan(f"{eje.plan.clave}/{eje.codigo}", f"{eje} ({eje.plan.nombre})", eje.get_absolute_url())
        for compromiso in eje.compromisos.all():
            compromiso.eje = eje
            nombre = f"Compromiso {compromiso} ({eje.plan.nombre})"
            clave = f"{eje.plan.clave}/{compromiso.codigo}"
            yield DelPlan(clave, nombre, compromiso.get_absolute_url())


def _ejes(cuales: Q) -> "QuerySet[Eje, Any]":
    filas = Eje.objects.filter(cuales, plan__estado=EstadoPlan.PUBLICADO).select_related("plan")
    return filas.order_by("-plan__inicio", "plan__clave", "numero").prefetch_related("compromisos")


def ligados(fila: Eje | Compromiso) -> list[Ligado]:
    """Lo público que otras aplicaciones relacionan con ese eje o compromiso; su plan, ya traído."""
    plan = fila.plan if isinstance(fila, Eje) else fila.eje.plan
    clave = f"{plan.clave}/{fila.codigo}"
    return [ligado for fuente in DE_LO_DEL_PLAN for ligado in fuente([clave]).get(clave, ())]


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(PLANES, FuenteDelPlan(de_organos, por_clave))
