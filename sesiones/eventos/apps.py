"""La agenda de eventos de cada órgano: paneles, cursos, foros y talleres; y sus cifras de redes sociales."""

from django.apps import AppConfig


class EventosConfig(AppConfig):
    """Parte de sesiones con sus propias tablas."""

    name = "sesiones.eventos"
    label = "agenda"
    verbose_name = "Agenda de eventos"

    def ready(self) -> None:
        """Apunta en el portal lo que la agenda le aporta."""
        from sesiones.eventos import auditado, informe_anual, portal

        auditado.registrar()
        portal.registrar()
        informe_anual.registrar()
