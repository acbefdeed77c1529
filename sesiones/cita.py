"""La sesión como cita de calendario (iCalendar, RFC 5545; invitación por correo, RFC 5546 y 6047)."""

import datetime as dt
from typing import Any

from icalendar import Calendar, Event, vCalAddress

from sesiones.models import Sesion

# Ningún documento dice a qué hora terminará: se aparta un rato razonable en la agenda.
DURACION = dt.timedelta(hours=2)
PRODUCTO = "-//Secretariado Técnico Local//Portal de gobierno abierto//ES"


def uid_de(sesion: Sesion, dominio: str) -> str:
    """Identificador de la cita: el mismo en la convocatoria, sus enmiendas y su cancelación."""
    return f"sesion-{sesion.pk}@{dominio}"


def calendario(
    sesion: Sesion,
    *,
    uid: str,
    secuencia: int,
    emitido: dt.datetime,
    liga: str,
    descripcion: str,
    organiza: tuple[str, str],
    asiste: tuple[str, str],
    cancelada: bool = False,
) -> bytes:
    """La invitación para una persona, o su cancelación, en bytes UTF-8.

    `organiza` y `asiste` son pares (nombre, correo). Cada quien recibe su propia cita, sin los
    correos de las demás personas. `secuencia` sube en cada enmienda y en la cancelación.
    """
    evento = Event()
    evento.add("uid", uid)
    evento.add("sequence", secuencia)
    evento.add("dtstamp", emitido.astimezone(dt.UTC).replace(microsecond=0))
    evento.add("dtstart", sesion.cuando)
    evento.add("dtend", sesion.cuando + DURACION)
    evento.add("status", "CANCELLED" if cancelada else "CONFIRMED")
    evento.add("summary", f"{sesion.designacion}, {organiza[0]}")
    evento.add("location", ", ".join(filter(None, (sesion.lugar, sesion.domicilio))))
    evento.add("description", descripcion)
    evento.add("url", liga)
    evento.add("organizer", _direccion(*organiza), encode=False)
    evento.add("attendee", _direccion(*asiste, partstat="NEEDS-ACTION", rsvp="TRUE"), encode=False)
    return _envolver(evento, "CANCEL" if cancelada else "REQUEST", sesion.fecha)


def _direccion(nombre: str, correo: str, **parametros: str) -> Any:
    """Persona con su nombre y su correo; las comillas no caben en el nombre (RFC 5545 §3.2)."""
    direccion = vCalAddress(f"mailto:{correo}")
    direccion.params["cn"] = nombre.replace('"', "”")
    direccion.params.update(parametros)
    return direccion


def _envolver(evento: Event, metodo: str, fecha: dt.date) -> bytes:
    """El calendario con la zona horaria que rige alrededor de la fecha."""
    completo = Calendar()
    completo.add("prodid", PRODUCTO)
    completo.add("version", "2.0")
    completo.add("method", metodo)
    completo.add_component(evento)
    alrededor = dt.timedelta(days=366)
    completo.add_missing_timezones(first_date=fecha - alrededor, last_date=fecha + alrededor)
    return bytes(completo.to_ical())
