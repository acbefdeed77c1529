"""Lo que del plan se ve en el tablero de la administración: reportes por revisar y bimestres por cerrar."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Max, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from ejes.estados import EstadoPlan, EstadoReporte
from ejes.models import Bimestre, Reporte
from sesiones.en_espera import contar
from stl_portal.gestion.registro import ESPERAN, Espera
from stl_portal.publico.registro import apuntar

POR_CERRAR = "por_cerrar"  # el filtro de la lista de bimestres


def por_cerrar(filas: QuerySet[Bimestre], al: dt.date) -> QuerySet[Bimestre]:
    """Los que ya se reportan en el portal y cuyo límite, con la última prórroga, no ha pasado."""
    con_limite = filas.annotate(limite=Coalesce(Max("prorrogas__entrega"), "entrega"))
    abiertos = Q(abre__isnull=True) | Q(abre__lte=al)
    return con_limite.filter(abiertos, limite__gte=al, en_portal=True, plan__estado=EstadoPlan.PUBLICADO)


def del_plan(al: dt.date) -> Iterator[Espera]:
    """Los reportes enviados y los bimestres que se están reportando."""
    estado = EstadoReporte.ENVIADO
    yield Espera(
        que="reportes por revisar",
        detalle="Los envió la institución; se validan o se observan renglón por renglón.",
        url=f"{reverse('admin:ejes_reporte_changelist')}?estado__exact={estado}",
        accion="Ver cuáles",
        orden=15,
        **contar(Reporte.objects.filter(estado=estado), "asiento__organo"),
    )
    abiertos = Bimestre.objects.filter(pk__in=por_cerrar(Bimestre.objects.all(), al).values("pk"))
    yield Espera(
        que="bimestres por cerrar",
        detalle="Ya se puede reportar y su fecha límite no ha pasado.",
        url=f"{reverse('admin:ejes_bimestre_changelist')}?{POR_CERRAR}=si",
        accion="Ver cuáles",
        orden=40,
        **contar(abiertos, "plan__organo"),
    )


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`."""
    apuntar(ESPERAN, del_plan)
