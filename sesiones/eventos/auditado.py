"""Lo que de la agenda de eventos consta en la auditoría."""

from stl_portal.auditoria.registro import FUENTES, de_clave, de_historia

from .models import CambioEvento


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`."""
    FUENTES["evento"] = de_historia("Agenda de eventos", CambioEvento, de_clave("objeto__organo__clave"))
