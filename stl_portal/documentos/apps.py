"""Configuración de la sala «documentos» del portal."""

from django.apps import AppConfig


class DocumentosConfig(AppConfig):
    """Sala «documentos»."""

    name = "stl_portal.documentos"
    label = "documentos"
