"""Los datos abiertos: conjuntos, diccionario, catálogo, versiones e interfaz de lectura."""

from django.apps import AppConfig


class DatosConfig(AppConfig):
    """Aplicación de datos abiertos."""

    name = "stl_portal.datos"
    label = "datos"
    verbose_name = "Datos abiertos"
