"""Los informes anuales de actividades de cada órgano."""

from django.apps import AppConfig


class InformeAnualConfig(AppConfig):
    """Sala «informe anual»."""

    name = "stl_portal.informe_anual"
    label = "informe_anual"
    verbose_name = "Informes anuales"

    def ready(self) -> None:
        """Apunta en el portal lo que los informes le aportan."""
        from . import portal

        portal.registrar()
