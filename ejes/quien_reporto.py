"""Quién reportó en un bimestre y quién no, para cualquiera: de lo no publicado solo se sabe si se recibió."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from ejes.lectura import Leido, leidos, vigentes
from ejes.models import Bimestre, Eje, Entrega, Plan, Reporte
from ejes.reportar import ejes_con_responsables, quienes_responden
from sesiones.models import Asiento

Clave = tuple[int, int, int]  # bimestre, eje y asiento


@dataclass(frozen=True)
class Situacion:
    """Una institución en un eje y un bimestre."""

    bimestre: Bimestre
    eje: Eje
    asiento: Asiento
    publicado: Leido | None
    recibido: dt.date | None
    al: dt.date

    @property
    def clave(self) -> str:
        """El estado, como lo conocen las etiquetas."""
        if self.publicado:
            return "publicado"
        if self.recibido:
            return "enviado"
        if not self.bimestre.en_portal:
            return "sin_dato"
        ventana = self.bimestre.ventana
        if ventana.vencida(self.al):
            return "no_reporto"
        return "pendiente" if ventana.abierta(self.al) else "programada"

    @property
    def dicho(self) -> str:
        """Lo que se lee."""
        return {
            "publicado": "Publicado",
            "enviado": "Recibido, en revisión",
            "sin_dato": "Se recibió por otro medio",
            "no_reporto": "No reportó",
            "pendiente": "Aún a tiempo",
            "programada": "Aún no se abre",
        }[self.clave]

    @property
    def tono(self) -> str:
        """El de su etiqueta."""
        tonos = {"publicado": "exito", "enviado": "curso", "no_reporto": "error", "pendiente": "info"}
        return tonos.get(self.clave, "neutro")

    @property
    def tarde(self) -> bool:
        """Si llegó después del límite que regía: lo dice lo publicado o, si no, el día en que se recibió."""
        if self.publicado:
            return bool(self.publicado.documento["tardio"])
        return self.recibido is not None and self.bimestre.ventana.vencida(self.recibido)


def del_bimestre(bimestre: Bimestre, al: dt.date) -> list[Situacion]:
    """Todas las de un bimestre, por eje; `bimestre` viene de `con_prorrogas`."""
    return situaciones(bimestre.plan, [bimestre], al)


def situaciones(
    plan: Plan, bimestres: Iterable[Bimestre], al: dt.date, eje: Eje | None = None
) -> list[Situacion]:
    """Bimestre por bimestre, cada eje (o solo uno) con cada institución que debe reportar o reportó.

    Hace un número fijo de consultas. Los bimestres vienen de `con_prorrogas`.
    """
    cuales = list(bimestres)
    ejes = {e.pk: e for e in ejes_con_responsables([plan]) if eje is None or e.pk == eje.pk}
    publicados, recibidos = _publicados(plan, cuales), _recibidos(cuales)
    asientos = _asientos(ejes.values(), recibidos)
    todas = (
        Situacion(b, ejes[e], asiento, publicados.get((b.pk, e, a)), recibidos.get((b.pk, e, a)), al)
        for b in cuales
        for (e, a), asiento in asientos.items()
    )
    return [s for s in todas if s.recibido or s.asiento.vigente(_dia_de(s.bimestre, al))]


def responsables(eje: Eje) -> list[Asiento]:
    """Las instituciones que responden por el eje, cada una con sus titulares de ayer y de hoy."""
    pks = [asiento.pk for asiento in quienes_responden(eje)]
    filas = Asiento.objects.filter(pk__in=pks).select_related("institucion")
    return list(filas.prefetch_related("nombramientos__persona").order_by("orden", "pk"))


def _asientos(ejes: Iterable[Eje], recibidos: Iterable[Clave]) -> dict[tuple[int, int], Asiento]:
    """Por eje, quien responde hoy y quien alguna vez lo reportó."""
    de_antes = Asiento.objects.select_related("institucion").in_bulk({a for _, _, a in recibidos})
    pares = {}
    for eje in ejes:
        antes = [de_antes[a] for _, e, a in recibidos if e == eje.pk]
        todos = {asiento.pk: asiento for asiento in (*quienes_responden(eje), *antes)}
        pares |= {(eje.pk, pk): asiento for pk, asiento in todos.items()}
    return pares


def _publicados(plan: Plan, bimestres: list[Bimestre]) -> dict[Clave, Leido]:
    filas = vigentes(plan).filter(reporte__bimestre__in=bimestres)
    return {_clave(leido.fila.reporte): leido for leido in leidos(filas)}


def _clave(reporte: Reporte) -> Clave:
    return (reporte.bimestre_id, reporte.eje_id, reporte.asiento_id)


def _recibidos(bimestres: list[Bimestre]) -> dict[Clave, dt.date]:
    """El día en que se recibió por primera vez cada uno."""
    filas = Entrega.objects.filter(reporte__bimestre__in=bimestres).order_by()
    por_reporte = filas.values_list("reporte__bimestre", "reporte__eje", "reporte__asiento")
    primeras = por_reporte.annotate(primera=Min("enviada_el"))
    return {(b, e, a): timezone.localdate(primera) for b, e, a, primera in primeras}


def _dia_de(bimestre: Bimestre, al: dt.date) -> dt.date:
    """En qué día se mira quién debía reportarlo."""
    return bimestre.hasta or bimestre.entrega or al
