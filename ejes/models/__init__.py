"""Modelos de ejes: un archivo por agregado."""

from .cortes import CambioCorte, Corte, CortePublicado, Figura, Liga
from .plan import (
    Accion,
    Alineacion,
    CambioPlan,
    Compromiso,
    Difusion,
    Eje,
    ParteCocreadora,
    Plan,
    PropuestaCiudadana,
    Submeta,
)

__all__ = [
    "Accion",
    "Alineacion",
    "CambioCorte",
    "CambioPlan",
    "Compromiso",
    "Corte",
    "CortePublicado",
    "Difusion",
    "Eje",
    "Figura",
    "Liga",
    "ParteCocreadora",
    "Plan",
    "PropuestaCiudadana",
    "Submeta",
]
