"""Quién reportó en un bimestre y quién no, para cualquiera: de lo no publicado solo se sabe si se recibió."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Min, Prefetch
from django.utils import timezone

from ejes.ciudadania.lectura import Leido, leidos, vigentes
from ejes.models import Bimestre, Compromiso, Eje, Reporte
from ejes.reportes.reportar import quienes_responden
from sesiones.models import Asiento, Nombramiento


@dataclass(frozen=True)
class Situacion:
    """Una institución en un eje y un bimestre."""

    bimestre: Bimestre
    eje: Eje
    asiento: Asiento
    publicado: Leido | None
    recibido: dt.date | None
    tardio: bool
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
            "enviado": "Recibido",
            "sin_dato": "No consta en este portal",
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
        """Si llegó después del límite que regía al enviarlo: una prórroga posterior no lo cambia."""
        return bool(self.publicado.documento["tardio"]) if self.publicado else self.tardio


def del_bimestre(bimestre: Bimestre, al: dt.date) -> list[Situacion]:
    """Todas las de un bimestre, por eje; `bimestre` viene de `con_prorrogas`."""
    ejes = bimestre.plan.ejes.select_related("responsable__institucion").prefetch_related(compromisos())
    return situaciones([bimestre], ejes, al)


def compromisos() -> "Prefetch[Any]":
    """Los compromisos con quien responde por ellos, para traerlos junto con sus ejes en una consulta."""
    filas = Compromiso.objects.select_related("responsable__institucion")
    return Prefetch("compromisos", filas.order_by("numero"))


def situaciones(bimestres: Iterable[Bimestre], ejes: Iterable[Eje], al: dt.date) -> list[Situacion]:
    """Bimestre por bimestre, cada eje con cada institución que debe reportarlo o lo reportó.

    Hace un número fijo de consultas. Los bimestres vienen de `con_prorrogas` y los ejes, con su
    responsable y sus `compromisos()`.
    """
    cuales, todos = list(bimestres), list(ejes)
    reportes = _recibidos(cuales, todos)
    publicados = {leido.fila.reporte_id: leido for leido in leidos(vigentes().filter(reporte__in=reportes))}
    por_clave = {(r.bimestre_id, r.eje_id, r.asiento_id): r for r in reportes}
    situaciones = []
    for bimestre, eje in product(cuales, todos):
        for asiento in _asientos(eje, reportes):
            reporte = por_clave.get((bimestre.pk, eje.pk, asiento.pk))
            if reporte or asiento.vigente(bimestre.hasta or bimestre.entrega or al):
                publicado = publicados.get(reporte.pk) if reporte else None
                tardio = reporte is not None and reporte.tardio
                situaciones.append(
                    Situacion(bimestre, eje, asiento, publicado, _recibido(reporte), tardio, al)
                )
    return situaciones


def _recibidos(bimestres: list[Bimestre], ejes: list[Eje]) -> list[Any]:
    """Los reportes que se enviaron al menos una vez; `primera` dice cuándo."""
    filas = Reporte.objects.filter(bimestre__in=bimestres, eje__in=ejes, entregas__isnull=False)
    con_fecha = filas.annotate(primera=Min("entregas__enviada_el"))
    return list(con_fecha.select_related("asiento__institucion").order_by("asiento__orden", "pk"))


def _recibido(reporte: Any) -> dt.date | None:
    return timezone.localdate(reporte.primera) if reporte else None


def _asientos(eje: Eje, reportes: Iterable[Reporte]) -> list[Asiento]:
    """Quien responde hoy por el eje y quien alguna vez lo reportó."""
    de_antes = [r.asiento for r in reportes if r.eje_id == eje.pk]
    return list({a.pk: a for a in (*quienes_responden(eje), *de_antes)}.values())


def responsables(eje: Eje) -> list[tuple[Asiento, list[Nombramiento]]]:
    """Las instituciones que responden por el eje, cada una con sus titulares de ayer y de hoy."""
    asientos = quienes_responden(eje)
    titulares = defaultdict(list)
    filas = Nombramiento.objects.filter(asiento__in=asientos).select_related("persona")
    for nombramiento in filas.order_by("vigente_desde", "pk"):
        titulares[nombramiento.asiento_id].append(nombramiento)
    return [(asiento, titulares[asiento.pk]) for asiento in asientos]
