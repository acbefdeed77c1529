"""El portal como aplicación de Django (etiquetas de plantilla y órdenes comunes)."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Lo que comparten sesiones, ejes y municipios."""

    name = "stl_portal"
    verbose_name = "Portal"
