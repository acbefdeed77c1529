"""Sesiones: órganos, integrantes, quórum, acuerdos y actas."""

from pathlib import Path

from django.apps import AppConfig


class SesionesConfig(AppConfig):
    """Aplicación de sesiones."""

    name = "sesiones"
    verbose_name = "Sesiones"

    def ready(self) -> None:
        """Apunta en el portal lo que sesiones le aporta."""
        from sesiones import en_espera, portal
        from sesiones.recursos import todos
        from stl_portal.textos.registro import apuntar

        apuntar(Path(__file__).with_name("textos_editables.toml"))
        portal.apuntar_todo()
        en_espera.registrar()
        todos.registrar()
