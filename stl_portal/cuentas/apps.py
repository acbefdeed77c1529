"""Configuración de la sala «cuentas» del portal."""

from django.apps import AppConfig


class CuentasConfig(AppConfig):
    """Sala «cuentas»."""

    name = "stl_portal.cuentas"
    label = "cuentas"
