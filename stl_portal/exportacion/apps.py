"""La copia del sitio público que se navega sin servidor."""

from django.apps import AppConfig


class ExportacionConfig(AppConfig):
    """Aplicación de la copia del sitio."""

    name = "stl_portal.exportacion"
    label = "exportacion"
    verbose_name = "Copia del sitio"
