"""Actas históricas: leer un acta vieja y capturarla como sesión."""

from django.apps import AppConfig


class HistoricasConfig(AppConfig):
    """Aplicación de actas históricas, parte de sesiones."""

    name = "sesiones.historicas"
    label = "historicas"
    verbose_name = "Actas históricas"

    def ready(self) -> None:
        """Apunta en el portal lo que las actas históricas le aportan."""
        from . import auditado, portal

        auditado.registrar()
        portal.apuntar_todo()
