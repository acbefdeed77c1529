"""Configuración de la sala «sello» del portal."""

from django.apps import AppConfig


class SelloConfig(AppConfig):
    """Sala «sello»."""

    name = "stl_portal.sello"
    label = "sello"
    verbose_name = "Sello y registro público"
