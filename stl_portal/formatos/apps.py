"""Los formatos de transparencia."""

from django.apps import AppConfig


class FormatosConfig(AppConfig):
    """Sala «formatos»."""

    name = "stl_portal.formatos"
    label = "formatos"
    verbose_name = "Formatos de transparencia"

    def ready(self) -> None:
        """Apunta lo que se traspasa, las páginas que se guardan ya compuestas y los formatos de ejemplo."""
        from stl_portal.publico import paginas_guardadas, registro
        from stl_portal.traspaso.registro import apuntar as apuntar_recursos

        from . import demo
        from .recursos import Formatos

        apuntar_recursos(Formatos)
        registro.apuntar(registro.DEMOSTRACION_AL_FINAL, demo.cargar)
        paginas_guardadas.apuntar("formatos:lista formatos:formato")
