"""Modelos de ejes: un archivo por agregado."""

from .bimestres import Bimestre, Prorroga
from .cortes import CambioCorte, Corte, CortePublicado, EdicionFigura, Figura, Liga
from .evidencias import DictamenEvidencia, Evidencia, EvidenciaPublicada, UsoDeEvidencia
from .formato import Formato, Pregunta, RenglonFormato
from .hitos import Hito
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
from .reportes import (
    AvanceReportado,
    CambioReporte,
    Dictamen,
    Encargo,
    Entrega,
    Reporte,
    ReportePublicado,
    Respuesta,
)

__all__ = [
    "Accion",
    "Alineacion",
    "AvanceReportado",
    "Bimestre",
    "CambioCorte",
    "CambioPlan",
    "CambioReporte",
    "Compromiso",
    "Corte",
    "CortePublicado",
    "Dictamen",
    "DictamenEvidencia",
    "Difusion",
    "EdicionFigura",
    "Eje",
    "Encargo",
    "Entrega",
    "Evidencia",
    "EvidenciaPublicada",
    "Figura",
    "Formato",
    "Hito",
    "Liga",
    "ParteCocreadora",
    "Plan",
    "Pregunta",
    "PropuestaCiudadana",
    "Prorroga",
    "RenglonFormato",
    "Reporte",
    "ReportePublicado",
    "Respuesta",
    "Submeta",
    "UsoDeEvidencia",
]
