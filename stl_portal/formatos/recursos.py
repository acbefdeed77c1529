"""Los formatos de transparencia que alguien configuró."""

from stl_portal.traspaso.recurso import Recurso

from .models import Formato


class Formatos(Recurso):
    """Cómo se entrega un conjunto a quien lo pide con otros encabezados."""

    clave = "formatos"
    nombre = "Formatos de transparencia"
    descripcion = "Un formato de transparencia: de qué conjunto sale y qué lleva cada columna."
    modelo = Formato
    llave = ("clave",)
