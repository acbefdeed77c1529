"""La administración del portal: el tablero de lo que espera y los registros de cada modelo."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class GestionConfig(AppConfig):
    """Sala «gestion»."""

    name = "stl_portal.gestion"
    label = "gestion"
    verbose_name = "Administración"

    def ready(self) -> None:
        """Carga el `admin` de cada aplicación, que apunta ahí sus modelos, y se ofrece en «Mi portal»."""
        from stl_portal.publico import registro

        from . import espacios, palabras
        from .sitio import sitio

        autodiscover_modules("admin")
        palabras.decir(sitio._registry)
        registro.apuntar(registro.ESPACIOS, espacios.de_quien_administra)
