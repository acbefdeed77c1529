"""El índice del buscador en los registros."""

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Hallable, Pendiente, Vocablo

SE_REHACE = "Lo escribe el buscador con cada cambio; «manage.py reindexar» lo rehace entero."


@apuntar(Hallable)
class Hallables(Consulta):
    """Lo que se puede encontrar, ya publicado."""

    nota = SE_REHACE
    list_display = ("titulo", "clase", "organo", "fecha", "ficticio")
    list_filter = ("clase", "ficticio")
    search_fields = ("titulo", "clave")
    ordering = ("-fecha", "numero")


@apuntar(Vocablo)
class Vocablos(Consulta):
    """Las palabras con que se corrige lo mal escrito."""

    nota = SE_REHACE
    list_display = ("palabra",)
    search_fields = ("palabra",)


@apuntar(Pendiente)
class Pendientes(Consulta):
    """Lo que cambió y todavía no se rehace en el índice."""

    nota = SE_REHACE
    list_display = ("grupo",)
    search_fields = ("grupo",)
