"""Configuración de la sala «avisos» del portal."""

from django.apps import AppConfig


class AvisosConfig(AppConfig):
    """Sala «avisos»."""

    name = "stl_portal.avisos"
    label = "avisos"

    def ready(self) -> None:
        """Apunta sus mensajes y, en el tablero de la administración, cómo está la cola."""
        from stl_portal.publico import registro

        from . import demo, en_espera, mensajes

        mensajes.registrar()
        registro.apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
        en_espera.registrar()
