"""Configuración de la sala «observa» del portal."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class ObservaConfig(AppConfig):
    """Sala «observa»."""

    name = "stl_portal.observa"
    label = "observa"
    verbose_name = "Observación del portal"

    def ready(self) -> None:
        """Desde ahora se cuentan las consultas de cada conexión."""
        from . import consultas

        connection_created.connect(consultas.observar, dispatch_uid="contar_consultas")
