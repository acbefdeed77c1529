"""La sesión como invitación de calendario que llega por correo (RFC 5545, 5546 y 6047).

Es la misma cita que el calendario público (`sesiones/citas.py`), con el nombre de quien la recibe.
"""

from typing import Any

from icalendar import vCalAddress

from stl_portal.calendario import ics
from stl_portal.calendario.registro import Cita


def calendario(cita: Cita, *, descripcion: str, organiza: tuple[str, str], asiste: tuple[str, str]) -> bytes:
    """La invitación para una persona, o su cancelación, en bytes UTF-8.

    `organiza` y `asiste` son pares (nombre, correo). Cada quien recibe su propia cita, sin los
    correos de las demás personas.
    """
    evento = ics.evento(cita, descripcion)
    evento.add("organizer", _direccion(*organiza), encode=False)
    evento.add("attendee", _direccion(*asiste, partstat="NEEDS-ACTION", rsvp="TRUE"), encode=False)
    completo = ics.vacio()
    completo.add("method", "CANCEL" if cita.cancelada else "REQUEST")
    completo.add_component(evento)
    return ics.con_zonas(completo, [cita.dia])


def _direccion(nombre: str, correo: str, **parametros: str) -> Any:
    """Persona con su nombre y su correo; las comillas no caben en el nombre (RFC 5545 §3.2)."""
    direccion = vCalAddress(f"mailto:{correo}")
    direccion.params["cn"] = nombre.replace('"', "”")
    direccion.params.update(parametros)
    return direccion
