"""Los modelos de las convocatorias públicas."""

from .certamenes import ActoPublico, Apartado, CambioCertamen, Certamen, Criterio
from .comite import Dictamen, IntegranteDelComite, Puntaje, Resultado
from .postulaciones import CABEN, CambioPostulacion, Evidencia, Postulacion, Respuesta

__all__ = [
    "CABEN",
    "ActoPublico",
    "Apartado",
    "CambioCertamen",
    "CambioPostulacion",
    "Certamen",
    "Criterio",
    "Dictamen",
    "Evidencia",
    "IntegranteDelComite",
    "Postulacion",
    "Puntaje",
    "Respuesta",
    "Resultado",
]
