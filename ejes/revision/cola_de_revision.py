"""Los reportes que esperan a quien revisa, los que esperan a la institución y quienes no reportaron."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from ejes.estados import EstadoReporte
from ejes.models import Bimestre, Eje, Entrega, Plan, Reporte
from ejes.reportes.reportar import casillas, ejes_con_responsables
from sesiones.models import Asiento, Organo

NO_REPORTO = "no_reporto"
ORDEN = (EstadoReporte.ENVIADO, EstadoReporte.VALIDADO, EstadoReporte.OBSERVADO, NO_REPORTO)
QUE_TOCA = {
    EstadoReporte.ENVIADO: "Por revisar",
    EstadoReporte.VALIDADO: "Por publicar",
    EstadoReporte.OBSERVADO: "Espera a la institución",
    EstadoReporte.PUBLICADO: "Publicado",
    NO_REPORTO: "No reportó",
}
TONOS = {EstadoReporte.ENVIADO: "curso", EstadoReporte.VALIDADO: "info", NO_REPORTO: "error"}


@dataclass(frozen=True)
class EnFila:
    """Lo que una institución reporta de un eje en un bimestre, y en qué va."""

    bimestre: Bimestre
    eje: Eje
    asiento: Asiento
    reporte: Reporte | None
    enviado_el: dt.datetime | None
    al: dt.date

    @property
    def estado(self) -> str:
        """El del reporte; «no_reporto» si venció sin enviarse; vacío si aún está a tiempo."""
        if self.reporte and self.enviado_el:
            return str(self.reporte.estado)
        return NO_REPORTO if self.bimestre.ventana.vencida(self.al) else ""

    @property
    def dicho(self) -> str:
        """Lo que se lee en su etiqueta."""
        return QUE_TOCA[self.estado]

    @property
    def tono(self) -> str:
        """El de su etiqueta."""
        return TONOS.get(self.estado, "exito" if self.estado == EstadoReporte.PUBLICADO else "neutro")

    @property
    def tarde(self) -> bool:
        """Si llegó después del límite."""
        return bool(self.enviado_el and self.reporte and self.reporte.tardio)


def bimestres_de(organos: "QuerySet[Organo]") -> list[Bimestre]:
    """Los que se reciben en el portal, del más reciente al más antiguo."""
    filas = Bimestre.objects.filter(plan__organo__in=organos, en_portal=True)
    return list(filas.con_prorrogas().order_by("-plan__inicio", "-numero"))


def fila(bimestres: Iterable[Bimestre], al: dt.date, estado: str = "") -> list[EnFila]:
    """Lo que hay en esos bimestres con ese estado; sin él, todo menos lo publicado y lo que está a tiempo.

    Primero lo que toca revisar, lo más antiguo arriba. Hace un número fijo de consultas.
    """
    cuales = [estado] if estado else list(ORDEN)
    todas = [una for una in _todas(list(bimestres), al) if una.estado in cuales]
    return sorted(todas, key=lambda una: (cuales.index(una.estado), _desde_cuando(una)))


def _desde_cuando(una: EnFila) -> str:
    if una.enviado_el:
        return una.enviado_el.isoformat()
    return str(una.bimestre.ventana.entrega)


def _todas(bimestres: list[Bimestre], al: dt.date) -> Iterator[EnFila]:
    """Lo que debe reportarse y, además, lo que reportó quien ya no responde por el eje."""
    planes = Plan.objects.filter(bimestres__in=bimestres).distinct()
    enviados = _enviados(bimestres)
    vistos = set()
    for c in casillas(bimestres, ejes_con_responsables(planes)):
        pk = c.reporte.pk if c.reporte else None
        vistos.add(pk)
        yield EnFila(c.bimestre, c.eje, c.asiento, c.reporte, enviados.get(pk), al)
    por_pk = {b.pk: b for b in bimestres}
    demas = Reporte.objects.filter(pk__in=enviados.keys() - vistos)
    for reporte in demas.select_related("eje__plan", "asiento__institucion"):
        bimestre = por_pk[reporte.bimestre_id]
        yield EnFila(bimestre, reporte.eje, reporte.asiento, reporte, enviados[reporte.pk], al)


def _enviados(bimestres: list[Bimestre]) -> dict[Any, dt.datetime]:
    """Cuándo se envió por última vez cada reporte."""
    entregas = Entrega.objects.filter(reporte__bimestre__in=bimestres).order_by()
    return dict(entregas.values_list("reporte").annotate(ultima=Max("enviada_el")))
