"""Preguntas y comentarios de la ciudadanía, y lo que se les responde."""

from django.apps import AppConfig


class ParticipacionConfig(AppConfig):
    """Aplicación de participación."""

    name = "stl_portal.participacion"
    label = "participacion"
    verbose_name = "Preguntas de la ciudadanía"

    def ready(self) -> None:
        """Apunta en el portal lo que la participación le aporta."""
        from . import en_espera, portal

        portal.apuntar_todo()
        en_espera.registrar()
