"""Las citas como las leen los programas de agenda (iCalendar, RFC 5545 y 7986).

Con los mismos datos salen siempre los mismos bytes: así la petición condicional sabe que nada cambió.
"""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from icalendar import Calendar, Event, vDuration

from stl_portal.avisos import envio

from .registro import DURACION, Cita

PRODUCTO = "-//Secretariado Técnico Local//Portal de gobierno abierto//ES"
TIPO = "text/calendar; charset=utf-8"
CADA = dt.timedelta(hours=6)  # cada cuánto conviene volver a leerlo
ALREDEDOR = dt.timedelta(days=366)


def identificador(identidad: str) -> str:
    """El UID: el mismo en la página, en la suscripción y en el correo."""
    return f"{identidad}@{envio.dominio()}"


def calendario(citas: Iterable[Cita], nombre: str, url: str) -> bytes:
    """Un calendario para suscribirse, en bytes UTF-8; `url` es la página que dice lo mismo.

    No lleva METHOD, que pediría el correo de quien organiza: aquí no va el correo de nadie.
    """
    lista = list(citas)
    completo = vacio()
    completo.add("name", nombre)
    completo.add("x-wr-calname", nombre)  # como lo leen los programas anteriores a la norma
    completo.add("url", envio.liga(url))
    completo.add("refresh-interval", vDuration(CADA), parameters={"VALUE": "DURATION"})
    completo.add("x-published-ttl", vDuration(CADA))
    for cita in lista:
        completo.add_component(evento(cita))
    return con_zonas(completo, [cita.dia for cita in lista if cita.hora])


def vacio() -> Calendar:
    """Un calendario con lo que toda agenda exige y nada más."""
    completo = Calendar()
    completo.add("prodid", PRODUCTO)
    completo.add("version", "2.0")
    return completo


def con_zonas(completo: Calendar, dias: Iterable[dt.date]) -> bytes:
    """Los bytes, con la zona horaria que rige alrededor de esos días."""
    fechas = sorted(dias)
    if fechas:
        completo.add_missing_timezones(first_date=fechas[0] - ALREDEDOR, last_date=fechas[-1] + ALREDEDOR)
        for parte in completo.walk():
            parte.pop("comment", None)  # cómo calculó la zona icalendar, en inglés: a nadie le sirve
    return bytes(completo.to_ical())


def evento(cita: Cita, descripcion: str = "") -> Event:
    """La cita como evento, con lo que es público de ella; `descripcion`, si lleva otra que la pública."""
    este = Event()
    este.add("uid", identificador(cita.identidad))
    este.add("sequence", cita.secuencia)
    cuando = cita.modificada.astimezone(dt.UTC).replace(microsecond=0)
    este.add("dtstamp", cuando)
    este.add("last-modified", cuando)
    _con_tiempo(este, cita)
    este.add("status", "CANCELLED" if cita.cancelada else "CONFIRMED")
    este.add("summary", cita.resumen)
    if cita.lugar:
        este.add("location", cita.lugar)
    publica = "\n".join(filter(None, (cita.detalle, envio.liga(cita.url))))
    este.add("description", descripcion or publica)
    este.add("categories", [cita.clase])
    este.add("url", envio.liga(cita.url))
    return este


def _con_tiempo(este: Event, cita: Cita) -> None:
    """De tal a tal hora; o días completos, que no dejan ocupada la agenda."""
    if cita.hora is None:
        este.add("dtstart", cita.dia)
        este.add("dtend", cita.ultimo + dt.timedelta(days=1))  # el fin no se cuenta
        este.add("transp", "TRANSPARENT")
        return
    inicio = timezone.make_aware(dt.datetime.combine(cita.dia, cita.hora))
    este.add("dtstart", inicio)
    este.add("dtend", _fin(cita) if cita.hora_fin else inicio + DURACION)


def _fin(cita: Cita) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(cita.ultimo, cita.hora_fin or dt.time.max))
