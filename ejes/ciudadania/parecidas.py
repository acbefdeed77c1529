"""Las páginas del plan que se sugieren a quien pidió una que no existe. Solo salen de planes publicados."""

from collections.abc import Iterator, Sequence

from ejes.models import Accion, Bimestre, Compromiso, Corte, Eje, Plan
from stl_portal.publico.registro import PARECIDAS, Enlace
from stl_portal.publico.sugerencias import mas_cercana, primeras


def del_plan(partes: Sequence[str]) -> Iterator[Enlace]:
    """El plan que se parece al pedido y, de él, lo que sea de la misma clase que se pidió."""
    planes = {plan.clave: plan for plan in primeras(Plan.objects.publicados().order_by("pk"))}
    clave = mas_cercana(partes[1], planes) if len(partes) > 1 else ""
    if not clave:
        return
    plan = planes[clave]
    yield Enlace(plan.nombre, plan.get_absolute_url())
    clase = mas_cercana(partes[2], DE_CLASE) if len(partes) > 2 else ""
    if clase:
        yield from DE_CLASE[clase](plan)


def _ejes(plan: Plan) -> Iterator[Enlace]:
    for eje in primeras(Eje.objects.filter(plan=plan).select_related("plan")):
        yield Enlace(str(eje), eje.get_absolute_url())


def _compromisos(plan: Plan) -> Iterator[Enlace]:
    for compromiso in primeras(Compromiso.objects.filter(eje__plan=plan).select_related("eje__plan")):
        yield Enlace(f"Compromiso {compromiso}", compromiso.get_absolute_url())


def _acciones(plan: Plan) -> Iterator[Enlace]:
    filas = Accion.objects.filter(compromiso__eje__plan=plan).select_related("compromiso__eje")
    for accion in primeras(filas):
        yield Enlace(f"Acción {accion.codigo}", f"{plan.get_absolute_url()}accion/{accion.codigo}/")


def _informes(plan: Plan) -> Iterator[Enlace]:
    for corte in primeras(Corte.objects.publicados().filter(plan=plan).select_related("plan")):
        yield Enlace(corte.nombre, corte.get_absolute_url())


def _bimestres(plan: Plan) -> Iterator[Enlace]:
    for bimestre in primeras(Bimestre.objects.filter(plan=plan).select_related("plan")):
        yield Enlace(bimestre.nombre, bimestre.get_absolute_url())


DE_CLASE = {
    "eje": _ejes,
    "compromiso": _compromisos,
    "accion": _acciones,
    "informe": _informes,
    "bimestre": _bimestres,
}


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    PARECIDAS["plan"] = del_plan
