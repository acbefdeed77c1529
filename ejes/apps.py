"""El plan de acción: ejes, compromisos, acciones, reportes y evidencias."""

from django.apps import AppConfig


class EjesConfig(AppConfig):
    """Aplicación del plan de acción."""

    name = "ejes"
    verbose_name = "Plan de acción"
