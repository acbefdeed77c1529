"""Las citas que la agenda de eventos da al calendario público; son las mismas de la página de cada uno."""

import datetime as dt

from django.db.models import Max, Min
from django.utils import timezone

from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import Evento
from sesiones.eventos.models.eventos import EventoQuerySet
from sesiones.eventos.situacion import en_que_va, organizadores
from stl_portal.calendario.registro import CITAS, Cita, Extremos, Fuente
from stl_portal.publico.registro import apuntar


def entre(desde: dt.date, hasta: dt.date, organo: str) -> list[Cita]:
    """Los publicados que tocan alguno de esos días; los cancelados lo dicen."""
    filas = _de(organo).filter(dia__lte=hasta, hasta__gte=desde).con_todo()
    hoy = timezone.localdate()
    return [cita_de(evento, hoy) for evento in filas]


def extremos(organo: str) -> Extremos:
    """El primer y el último día con un evento publicado."""
    dias = _de(organo).aggregate(a=Min("dia"), z=Max("hasta"))
    return dias["a"], dias["z"]


def _de(organo: str) -> EventoQuerySet:
    filas = Evento.objects.publicados()
    return filas.filter(organo__clave=organo) if organo else filas


def cita_de(evento: Evento, hoy: dt.date) -> Cita:
    """La cita de un evento público, con su órgano e institución ya traídos."""
    denominacion = evento.organo.denominacion(evento.dia)
    varios = evento.hasta if evento.hasta != evento.dia else None
    # De varios días y sin hora de fin no se sabe cuánto ocupa cada uno: van completos.
    hora = None if varios and evento.hora_fin is None else evento.hora
    estado, clave = en_que_va(evento, hoy)
    return Cita(
        identidad=f"agenda-{evento.pk}",
        clase=evento.get_tipo_display(),
        titulo=evento.titulo,
        dia=evento.dia,
        hora=hora,
        hora_fin=evento.hora_fin,
        hasta=varios,
        url=evento.get_absolute_url(),
        modificada=evento.modificado_el,
        secuencia=evento.secuencia,
        lugar=evento.lugar,
        detalle=_detalle(evento),
        organo=evento.organo.clave,
        de=denominacion.nombre,
        corto=f"{evento.get_tipo_display()}, {denominacion.nombre_corto}",
        ficticio=evento.organo.ficticio,
        estado=estado,
        clave_de_estado=clave,
        cancelada=evento.estado == EstadoEvento.CANCELADO,
    )


def _detalle(evento: Evento) -> str:
    if evento.estado == EstadoEvento.CANCELADO:
        return f"Se canceló: {evento.motivo}"
    liga = f" Se ve en {evento.liga}" if evento.liga else ""
    return f"Organiza: {organizadores(evento)}. Modalidad: {evento.get_modalidad_display().lower()}.{liga}"


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(CITAS, Fuente(entre, extremos))
