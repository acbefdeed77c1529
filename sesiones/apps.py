"""Sesiones: órganos, integrantes, quórum, acuerdos y actas."""

from django.apps import AppConfig


class SesionesConfig(AppConfig):
    """Aplicación de sesiones."""

    name = "sesiones"
    verbose_name = "Sesiones"

    def ready(self) -> None:
        """Apunta en el portal lo que sesiones le aporta."""
        from sesiones import en_espera, portal
        from sesiones.recursos import todos

        portal.apuntar_todo()
        en_espera.registrar()
        todos.registrar()
