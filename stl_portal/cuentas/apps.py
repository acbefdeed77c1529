"""Configuración de la sala «cuentas» del portal."""

from django.apps import AppConfig


class CuentasConfig(AppConfig):
    """Sala «cuentas»."""

    name = "stl_portal.cuentas"
    label = "cuentas"

    def ready(self) -> None:
        """Apunta sus mensajes y escucha a allauth: usar un código de recuperación se avisa por correo."""
        from allauth.mfa.signals import authenticator_used

        from . import cambios, mensajes

        mensajes.registrar()
        authenticator_used.connect(cambios.al_usar, dispatch_uid="cuentas.codigo_de_recuperacion")
