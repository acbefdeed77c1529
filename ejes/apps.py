"""El plan de acción: ejes, compromisos, acciones, reportes y evidencias."""

from django.apps import AppConfig

from stl_portal.publico import registro
from stl_portal.sello.registro import VERIFICADORES


class EjesConfig(AppConfig):
    """Aplicación del plan de acción."""

    name = "ejes"
    verbose_name = "Plan de acción"

    def ready(self) -> None:
        """Apunta su lugar en la navegación, lo que se comprueba y lo que carga con la demostración."""
        from stl_portal.archivo.permisos import ACCESO

        from . import publicar
        from .demo.carga import cargar

        registro.apuntar(registro.NAVEGACION, registro.Enlace("Plan de acción", "/plan/"))
        registro.apuntar(registro.DEMOSTRACION, cargar)
        registro.apuntar(VERIFICADORES, publicar.fallas)
        registro.apuntar(ACCESO, publicar.puede_abrir)
