"""Las citas que los municipios dan al calendario público: capacitaciones y eventos con fecha."""

import datetime as dt

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from municipios.models import Evento, EventoRetirado
from stl_portal.calendario.registro import CITAS, Cita, Extremos, Fuente
from stl_portal.publico.registro import apuntar


def entre(desde: dt.date, hasta: dt.date, organo: str) -> list[Cita]:
    """Los publicados que tocan alguno de esos días y, un tiempo, los huecos de los que se retiraron."""
    tocan = Q(desde__isnull=False, desde__lte=hasta, hasta__gte=desde) | Q(
        desde__isnull=True, hasta__range=(desde, hasta)
    )
    retirados = EventoRetirado.objects.filter(retirado_el__gte=timezone.now() - EventoRetirado.DURANTE)
    if organo:
        retirados = retirados.filter(organo__clave=organo)
    filas, huecos = _de(organo).filter(tocan).select_related("organo"), retirados.filter(tocan)
    return [
        *map(_cita, filas.prefetch_related("organo__denominaciones")),
        *map(_hueco, huecos.select_related("organo").prefetch_related("organo__denominaciones")),
    ]


def extremos(organo: str) -> Extremos:
    """El primer y el último día con un evento publicado."""
    dias = _de(organo).aggregate(a=Min(Coalesce("desde", "hasta")), z=Max("hasta"))
    return dias["a"], dias["z"]


def _de(organo: str) -> QuerySet[Evento]:
    """Sin los conjuntos («17 capacitaciones»), que tienen una fecha pero no son una cita."""
    filas = Evento.objects.publicados().filter(cuantos=1)
    return filas.filter(organo__clave=organo) if organo else filas


def _cita(evento: Evento) -> Cita:
    denominacion = evento.organo.denominacion(evento.hasta)
    imparte = f"Imparte u organiza: {evento.imparte}." if evento.imparte else ""
    modalidad = f"Modalidad: {evento.get_modalidad_display().lower()}." if evento.modalidad else ""
    return Cita(
        identidad=f"evento-{evento.pk}",
        clase=evento.get_clase_display(),
        titulo=evento.titulo,
        dia=evento.desde or evento.hasta,
        hasta=evento.hasta if evento.desde and evento.desde != evento.hasta else None,
        url=reverse("municipios:capacitaciones"),
        modificada=evento.modificado_el,
        secuencia=evento.secuencia,
        detalle=" ".join(filter(None, (imparte, modalidad))),
        organo=evento.organo.clave,
        de=denominacion.nombre,
        corto=f"{evento.get_clase_display()}, {denominacion.nombre_corto}",
        ficticio=evento.organo.ficticio,
    )


def _hueco(retirado: EventoRetirado) -> Cita:
    """Cancelado y solo para agendas. No dice lo que decía: pudo ser lo que motivó el retiro."""
    denominacion = retirado.organo.denominacion(retirado.hasta)
    return Cita(
        identidad=f"evento-{retirado.evento}",
        clase="Evento retirado",
        titulo="Evento retirado del calendario",
        dia=retirado.desde or retirado.hasta,
        hasta=retirado.hasta if retirado.desde and retirado.desde != retirado.hasta else None,
        url=reverse("calendario:inicio"),
        modificada=retirado.retirado_el,
        secuencia=retirado.secuencia,
        organo=retirado.organo.clave,
        de=denominacion.nombre,
        corto=denominacion.nombre_corto,
        ficticio=retirado.organo.ficticio,
        cancelada=True,
        solo_agenda=True,
    )


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(CITAS, Fuente(entre, extremos))
