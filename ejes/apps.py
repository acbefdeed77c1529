"""El plan de acción: ejes, compromisos, acciones, reportes y evidencias."""

from django.apps import AppConfig

from stl_portal.publico import registro


class EjesConfig(AppConfig):
    """Aplicación del plan de acción."""

    name = "ejes"
    verbose_name = "Plan de acción"

    def ready(self) -> None:
        """Apunta su lugar en la navegación y lo que carga con la demostración."""
        from .demo.carga import cargar

        registro.apuntar(registro.NAVEGACION, registro.Enlace("Plan de acción", "/plan/"))
        registro.apuntar(registro.DEMOSTRACION, cargar)
