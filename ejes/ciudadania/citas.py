"""Las citas que el plan da al calendario público: hasta cuándo se entrega y cuándo se carga cada bimestre."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from ejes.models import Bimestre, Plan
from ejes.models.plan import CambioPlan
from stl_portal.calendario.registro import CITAS, Cita, Extremos, Fuente
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import apuntar

CORRECCIONES = Q(verbo="corregir") & (Q(nota__startswith="Bimestre") | Q(nota__startswith="Prórroga"))
FECHAS = ("entrega", "carga", "prorrogas__entrega", "prorrogas__carga")


class Correcciones(NamedTuple):
    """Cuántas veces se ha corregido el calendario de un plan publicado y cuándo fue lo último."""

    cuantas: int = 0
    ultima: dt.datetime | None = None


def entre(desde: dt.date, hasta: dt.date, organo: str) -> list[Cita]:
    """Las entregas y las cargas públicas de esos días, con la prórroga que rige ya aplicada."""
    alguna = Q()
    for campo in FECHAS:
        alguna |= Q(**{f"{campo}__range": (desde, hasta)})
    cuales = _de(organo).filter(alguna).values("pk")
    filas = list(Bimestre.objects.filter(pk__in=cuales).con_prorrogas())
    del_plan = correcciones({bimestre.plan_id for bimestre in filas})
    citas = [c for b in filas for c in _citas(b, del_plan.get(b.plan_id, Correcciones()))]
    return [cita for cita in citas if desde <= cita.dia <= hasta]


def extremos(organo: str) -> Extremos:
    """El primer y el último día en que algo se entrega o se carga."""
    pedidas = {f"{orden.name}{n}": orden(campo) for orden in (Min, Max) for n, campo in enumerate(FECHAS)}
    dias = [dia for dia in _de(organo).aggregate(**pedidas).values() if dia]
    return (min(dias), max(dias)) if dias else (None, None)


def _de(organo: str) -> "QuerySet[Bimestre]":
    filas = Bimestre.objects.filter(plan__in=Plan.objects.publicados())
    return filas.filter(plan__organo__clave=organo) if organo else filas


def correcciones(planes: Collection[int]) -> Mapping[int, Correcciones]:
    """De cada plan, lo que su historia dice de sus bimestres y sus prórrogas; en una consulta."""
    filas = CambioPlan.objects.filter(CORRECCIONES | Q(verbo="publicar"), objeto__in=planes).order_by()
    cuentas = filas.values("objeto").annotate(cuantas=Count("pk", filter=CORRECCIONES), ultima=Max("cuando"))
    return {cuenta["objeto"]: Correcciones(cuenta["cuantas"], cuenta["ultima"]) for cuenta in cuentas}


def secuencia(bimestre: Bimestre, del_plan: Correcciones) -> int:
    """Sube con cada corrección y con cada prórroga, y también cuando se quita una; prórrogas ya traídas."""
    return 2 * del_plan.cuantas + len(bimestre.prorrogas.all())


def identidad_de(bimestre: Bimestre) -> str:
    """La misma en el calendario público y en el correo que recuerda entregar."""
    return f"bimestre-{bimestre.pk}"


def _citas(bimestre: Bimestre, del_plan: Correcciones) -> Iterator[Cita]:
    ventana = bimestre.ventana
    if ventana.entrega:
        detalle = "Último día para que cada institución entregue su reporte bimestral."
        if bimestre.entrega and bimestre.entrega != ventana.entrega:
            detalle += f" Antes de la prórroga: {fecha_larga(bimestre.entrega)}."
        titulo = f"Vence el reporte de {bimestre}"
        yield _cita(bimestre, del_plan, identidad_de(bimestre), titulo, ventana.entrega, detalle)
    if ventana.carga:
        detalle = "Día previsto para que los reportes y sus evidencias se publiquen."
        titulo = f"Carga pública de {bimestre}"
        yield _cita(bimestre, del_plan, f"carga-{bimestre.pk}", titulo, ventana.carga, detalle)


def _cita(
    bimestre: Bimestre, del_plan: Correcciones, identidad: str, titulo: str, dia: dt.date, detalle: str
) -> Cita:
    organo = bimestre.plan.organo
    return Cita(
        identidad=identidad,
        clase="Fecha límite" if identidad == identidad_de(bimestre) else "Carga pública",
        titulo=titulo,
        dia=dia,
        url=bimestre.get_absolute_url(),
        modificada=del_plan.ultima or _primer_instante(bimestre.plan.inicio),
        secuencia=secuencia(bimestre, del_plan),
        detalle=detalle,
        organo=organo.clave,
        de=bimestre.plan.nombre,
        corto=bimestre.plan.nombre,
        ficticio=organo.ficticio,
    )


def _primer_instante(anio: int) -> dt.datetime:
    """De un plan que se cargó ya publicado no consta cuándo: se dice el día en que empezó."""
    return timezone.make_aware(dt.datetime(anio, 1, 1))


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    apuntar(CITAS, Fuente(entre, extremos))
