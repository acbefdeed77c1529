"""Configuración de la sala «archivo» del portal."""

from django.apps import AppConfig


class ArchivoConfig(AppConfig):
    """Sala «archivo»."""

    name = "stl_portal.archivo"
    label = "archivo"
