"""Lo que la página de un evento dice de sí con schema.org, tomado del contexto con que se pinta."""

from collections.abc import Iterator
from typing import Any

from sesiones.enlazada import ASISTENCIA, de_organo
from sesiones.estados import Modalidad
from sesiones.eventos.estados import EstadoEvento
from sesiones.eventos.models import Evento
from stl_portal.avisos.envio import liga
from stl_portal.publico.enlazada import HECHOS_DE, IDIOMA, Hechos, momento, organizacion, persona
from stl_portal.texto import a_llano


def de_evento(contexto: Any) -> Iterator[Hechos]:
    """El evento: cuándo, dónde y cómo se asiste, quién organiza, quiénes participan y si se canceló."""
    evento: Evento = contexto["evento"]
    cancelado = evento.estado == EstadoEvento.CANCELADO
    yield {
        "@type": "Event",
        "name": evento.titulo,
        "url": liga(evento.get_absolute_url()),
        "startDate": momento(evento.dia, evento.hora),
        "endDate": momento(evento.hasta, evento.hora_fin),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelado else 'Scheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ASISTENCIA[Modalidad(evento.modalidad)]}",
        "location": list(_donde(evento)),
        "description": a_llano(evento.descripcion),
        "organizer": list(_organiza(evento, contexto["denominacion"].nombre)),
        "performer": [persona(p.nombre, p.cargo, p.institucion) for p in contexto["ponentes"]],
        "maximumAttendeeCapacity": evento.cupo,
        "inLanguage": IDIOMA,
    }


def _donde(evento: Evento) -> Iterator[Hechos]:
    if evento.lugar:
        yield {"@type": "Place", "name": evento.lugar, "address": evento.lugar}
    if evento.liga:
        yield {"@type": "VirtualLocation", "url": evento.liga}


def _organiza(evento: Evento, nombre: str) -> Iterator[Hechos]:
    """El órgano, que lo anuncia, y quienes se dijo que lo organizan."""
    yield de_organo(evento.organo, nombre)
    if evento.institucion:
        yield organizacion(evento.institucion.nombre)
    if evento.organiza:
        yield {"@type": "Organization", "name": evento.organiza}


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    HECHOS_DE["agenda:detalle"] = de_evento
