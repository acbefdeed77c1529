"""Quienes integran los órganos guardan copia de los puntos de control del registro público."""

from collections.abc import Iterator

from django.utils import timezone

from sesiones import invitar
from sesiones.models import Nombramiento
from stl_portal.sello.registro import Destinatario


def integrantes() -> Iterator[Destinatario]:
    """Titulares en funciones hoy, con correo."""
    vigentes = Nombramiento.objects.vigentes(timezone.localdate()).select_related("persona__usuario")
    for nombramiento in vigentes.order_by("pk"):
        persona = nombramiento.persona
        if correo := invitar.correo_de(persona):
            yield Destinatario(persona.nombre, correo)
