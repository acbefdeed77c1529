"""La miniatura de un archivo: se dibuja una vez, en el proceso con límites, y se conserva por su huella."""

from . import derivados
from .inspeccion import miniatura
from .models import Archivo

MINIATURAS = "miniaturas"
MIME = "image/webp"


def tiene(archivo: Archivo) -> bool:
    """Si de ese tipo se dibuja miniatura: PDF e imágenes. De los demás basta un icono."""
    return archivo.tipo == "application/pdf" or archivo.tipo.startswith("image/")


def nombre(archivo: Archivo) -> str:
    """Con qué nombre está guardada.

    Lanza `FileNotFoundError` si falta el original y `ArchivoRechazado` si no se pudo.
    """
    return derivados.nombre(archivo, MINIATURAS, miniatura)
