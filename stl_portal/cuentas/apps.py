"""Configuración de la sala «cuentas» del portal."""

from django.apps import AppConfig


class CuentasConfig(AppConfig):
    """Sala «cuentas»."""

    name = "stl_portal.cuentas"
    label = "cuentas"

    def ready(self) -> None:
        """Apunta sus mensajes y escucha lo que cambia cómo se entra a una cuenta."""
        from allauth.account import signals as de_la_cuenta
        from allauth.mfa import signals as de_dos_pasos
        from django.contrib.auth import signals as de_django

        from . import anotar, cambios, mensajes

        mensajes.registrar()
        de_django.user_logged_in.connect(cambios.al_entrar, dispatch_uid="cuentas.al_entrar")
        de_django.user_logged_in.connect(anotar.entro, dispatch_uid="cuentas.entro")
        de_django.user_login_failed.connect(anotar.no_entro, dispatch_uid="cuentas.no_entro")
        de_django.user_logged_out.connect(anotar.salio, dispatch_uid="cuentas.salio")
        de_la_cuenta.authentication_step_completed.connect(
            cambios.al_confirmar, dispatch_uid="cuentas.al_confirmar"
        )
        de_dos_pasos.authenticator_used.connect(
            cambios.al_usar, dispatch_uid="cuentas.codigo_de_recuperacion"
        )
        for senal in (
            *(de_la_cuenta.password_changed, de_la_cuenta.password_set, de_la_cuenta.password_reset),
            *(de_dos_pasos.authenticator_added, de_dos_pasos.authenticator_removed),
            de_dos_pasos.authenticator_reset,
        ):
            senal.connect(cambios.al_cambiar_la_entrada, dispatch_uid="cuentas.al_cambiar_la_entrada")
            senal.connect(anotar.de_la_entrada, dispatch_uid="cuentas.de_la_entrada")
