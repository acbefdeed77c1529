"""Lo que de las convocatorias públicas consta en la auditoría; de quien se postula, solo el folio."""

from typing import Any

from stl_portal.auditoria.registro import FUENTES, de_clave, de_historia

from .models import CambioCertamen, CambioPostulacion


def _por_folio(postulacion: Any) -> str:
    return f"Postulación {postulacion.folio}" if postulacion.folio else "Postulación sin presentar"


def registrar() -> None:
    """Se llama desde `CertamenesConfig.ready()`."""
    organo = de_clave("objeto__organo__clave")
    FUENTES["certamen"] = de_historia("Convocatorias públicas", CambioCertamen, organo)
    FUENTES["postulacion"] = de_historia(
        "Postulaciones", CambioPostulacion, de_clave("objeto__certamen__organo__clave"), nombra=_por_folio
    )
