"""Quién se llevó qué y cuándo: lo exportado trae borradores y datos personales.

Consta donde lo que se hace desde los registros, y ahí se lee: `/admin/`, «cambios hechos en los registros».
"""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry


def anotar_exportacion(quien: Any, que: str, formato: str) -> None:
    """Se anota cuando el archivo ya está hecho: lo que no salió no consta."""
    LogEntry.objects.create(
        user=quien,
        object_repr=que[:200],
        action_flag=CHANGE,
        change_message=f"Exportó «{que}» en {formato}.",
    )
