"""El portal como aplicación de Django (etiquetas de plantilla y órdenes comunes)."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    """Lo que comparten sesiones, ejes y municipios."""

    name = "stl_portal"
    verbose_name = "Portal"

    def ready(self) -> None:
        """Las guardas de la base se ponen después de cada migración."""
        from stl_portal.guardas import al_migrar

        post_migrate.connect(al_migrar, dispatch_uid="guardas")
