"""Los 46 municipios y el avance hacia su propio secretariado."""

from django.apps import AppConfig


class MunicipiosConfig(AppConfig):
    """Aplicación de municipios."""

    name = "municipios"
    verbose_name = "Municipios"
