"""Las fechas del calendario aprobado que todavía no se convocan, como citas del calendario público.

Al convocarse la sesión, la previsión deja su lugar a la cita de la sesión y ya no sale: quien se suscribe
después no recibe, tachado, algo que nunca tuvo. La que el órgano quitó de su calendario sale cancelada.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse

from sesiones import anuncio
from sesiones.estados import PUBLICAS, EstadoCalendario
from sesiones.models import Calendario, FechaCalendario, Sesion
from stl_portal.calendario.registro import Cita, Extremos, Fuente

ALGUNA_VEZ = (EstadoCalendario.APROBADO, EstadoCalendario.SUSTITUIDO)
PREVISTA = "Según el calendario que aprobó el órgano. Falta convocarla."
QUITADA = "El órgano modificó su calendario y ya no la prevé."
Renglon = tuple[int, dt.date, str]  # órgano, día y tipo: lo que no cambia al enmendar el calendario


class Aprobaciones(NamedTuple):
    """Cuántas veces se ha aprobado el calendario de un año y cuándo fue la última."""

    veces: int
    ultima: dt.datetime


def entre(desde: dt.date, hasta: dt.date, organo: str) -> list[Cita]:
    """Las previstas en esos días; las que se quitaron, canceladas y solo para agendas."""
    filas = _aprobadas(organo).filter(fecha__range=(desde, hasta))
    con_todo = filas.select_related("calendario__organo", "sesion").prefetch_related(
        "calendario__organo__denominaciones"
    )
    # Al enmendar, la fecha se copia: la que cuenta es la del calendario más nuevo que la tiene.
    ultimas: dict[Renglon, Any] = {}
    for fila in con_todo.order_by("calendario_id", "pk"):
        ultimas[(fila.calendario.organo_id, fila.fecha, fila.tipo)] = fila
    veces = _aprobaciones(fila.calendario for fila in ultimas.values())
    avisadas = _avisadas(desde, hasta) if ultimas else frozenset()
    return [
        _cita(fila, veces[_clave(fila.calendario)])
        for renglon, fila in ultimas.items()
        if _clave(fila.calendario) in veces and not _ligada(fila) and renglon not in avisadas
    ]


def extremos(organo: str) -> Extremos:
    """El primer y el último día que prevé un calendario en vigor."""
    vigentes = _aprobadas(organo).filter(calendario__estado=EstadoCalendario.APROBADO)
    dias = vigentes.aggregate(a=Min("fecha"), z=Max("fecha"))
    return dias["a"], dias["z"]


def _aprobadas(organo: str) -> "QuerySet[FechaCalendario]":
    filas = FechaCalendario.objects.filter(calendario__estado__in=ALGUNA_VEZ)
    return filas.filter(calendario__organo__clave=organo) if organo else filas


def _clave(calendario: Calendario) -> tuple[int, int]:
    return calendario.organo_id, calendario.anio


def _aprobaciones(calendarios: Iterable[Calendario]) -> Mapping[tuple[int, int], Aprobaciones]:
    organos = {calendario.organo_id for calendario in calendarios}
    filas = Calendario.objects.filter(organo__in=organos, estado__in=ALGUNA_VEZ).order_by()
    cuentas = filas.values("organo", "anio").annotate(
        veces=Count("pk", distinct=True),
        ultima=Max("historia__cuando", filter=Q(historia__verbo="aprobar")),
    )
    return {
        (cuenta["organo"], cuenta["anio"]): Aprobaciones(cuenta["veces"], cuenta["ultima"])
        for cuenta in cuentas
        if cuenta["ultima"]
    }


def _ligada(fila: Any) -> bool:
    """Si de esa fecha ya se convocó su sesión, aunque haya sido para otro día."""
    return fila.sesion is not None and fila.sesion.estado in PUBLICAS


def _avisadas(desde: dt.date, hasta: dt.date) -> frozenset[Renglon]:
    """Las sesiones que se convocaron para esos días, aunque nadie las haya ligado con su fecha prevista."""
    publicas = anuncio.fechadas(Sesion.objects.publicas()).filter(dia__range=(desde, hasta)).order_by()
    return frozenset(publicas.values_list("organo", "dia", "tipo"))


def _cita(fila: Any, aprobado: Aprobaciones) -> Cita:
    organo = fila.calendario.organo
    denominacion = organo.denominacion(fila.fecha)
    quitada = fila.calendario.estado != EstadoCalendario.APROBADO
    return Cita(
        identidad=f"prevista-{organo.pk}-{fila.tipo}-{fila.fecha:%Y%m%d}",
        clase="Sesión prevista",
        titulo=f"Sesión prevista: {fila.get_tipo_display().lower()}",
        dia=fila.fecha,
        hora=fila.hora,
        url=reverse("sesiones:organo", args=(organo.clave,)),
        modificada=aprobado.ultima,
        secuencia=aprobado.veces - 1,
        detalle=QUITADA if quitada else PREVISTA,
        organo=organo.clave,
        de=denominacion.nombre,
        corto=denominacion.nombre_corto,
        ficticio=organo.ficticio,
        estado="Prevista",
        cancelada=quitada,
        solo_agenda=quitada,
    )


PREVISTAS = Fuente(entre, extremos)
