"""La edición de lo público en los registros."""

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Edicion


@apuntar(Edicion)
class Ediciones(Consulta):
    """La clave con que se guardan las páginas públicas ya compuestas."""

    nota = "Cambia sola cada vez que se publica algo."
    list_display = ("clave",)
