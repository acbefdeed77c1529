"""Los modelos de las sesiones en los registros de la administración, por agregado."""

from . import actas, desahogo, integracion, organos, sesiones, votaciones

__all__ = ["actas", "desahogo", "integracion", "organos", "sesiones", "votaciones"]
