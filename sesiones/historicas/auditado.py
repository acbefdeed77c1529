"""Lo que de las actas antiguas consta en la auditoría."""

from stl_portal.auditoria.registro import FUENTES, de_clave, de_historia

from .models import CambioActaPorTranscribir


def registrar() -> None:
    """Se llama desde `HistoricasConfig.ready()`."""
    organo = de_clave("objeto__organo__clave")
    FUENTES["acta-antigua"] = de_historia("Actas antiguas", CambioActaPorTranscribir, organo)
