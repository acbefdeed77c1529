"""Convocatorias públicas: bases, postulaciones, comité, dictamen y resultados."""

from django.apps import AppConfig


class CertamenesConfig(AppConfig):
    """Aplicación de convocatorias públicas, parte de sesiones."""

    name = "sesiones.certamenes"
    label = "certamenes"
    verbose_name = "Convocatorias públicas"

    def ready(self) -> None:
        """Apunta en el portal lo que las convocatorias públicas le aportan."""
        from . import auditado, informe_anual, mensajes, portal

        auditado.registrar()
        mensajes.registrar()
        portal.apuntar_todo()
        informe_anual.registrar()
