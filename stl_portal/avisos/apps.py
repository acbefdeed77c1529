"""Configuración de la sala «avisos» del portal."""

from django.apps import AppConfig


class AvisosConfig(AppConfig):
    """Sala «avisos»."""

    name = "stl_portal.avisos"
    label = "avisos"
