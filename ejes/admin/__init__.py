"""Los modelos del plan de acción en los registros de la administración, por agregado."""

from . import cortes, plan, reportes

__all__ = ["cortes", "plan", "reportes"]
