"""Respaldar el portal en uso, restaurarlo y ensayar la restauración."""

from django.apps import AppConfig


class RespaldoConfig(AppConfig):
    """Sala «respaldo»."""

    name = "stl_portal.respaldo"
    label = "respaldo"
    verbose_name = "Respaldos"

    def ready(self) -> None:
        """Apunta al tablero cómo van los respaldos y los simulacros."""
        from stl_portal.gestion.registro import RESPALDOS

        from . import en_el_tablero

        RESPALDOS.extend(en_el_tablero.PREGUNTAS)
