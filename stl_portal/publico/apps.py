"""Configuración de la sala «publico» del portal."""

from django.apps import AppConfig


class PublicoConfig(AppConfig):
    """Sala «publico»."""

    name = "stl_portal.publico"
    label = "publico"
