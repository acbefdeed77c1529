"""Las formas con que se recibe y se revisa un acta por transcribir."""

from .filas import Opciones
from .recibir import FormaRecibir
from .revision import Revision

__all__ = ["FormaRecibir", "Opciones", "Revision"]
