"""Una caja que busca en todo lo publicado."""

from django.apps import AppConfig


class BuscadorConfig(AppConfig):
    """Aplicación del buscador."""

    name = "stl_portal.buscador"
    label = "buscador"
    verbose_name = "Buscador"
