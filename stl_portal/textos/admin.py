"""Los anuncios se capturan en los registros; los textos se consultan ahí y se cambian en su página."""

from typing import Any

from django.urls import reverse

from stl_portal.gestion.captura import Captura
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Anuncio, CambioDeTexto, Texto
from .registro import TEXTOS


@apuntar(Anuncio)
class Anuncios(Captura):
    """La franja que avisa algo entre dos días."""

    nota = "Se ve del primer día al último, los dos incluidos. Para quitarlo antes, adelanta el último día."
    campos = ("texto", "tono", "donde", "desde", "hasta", "accion", "liga")
    list_display = ("texto", "donde", "desde", "hasta", "tono")
    list_filter = ("donde", "desde", "hasta")
    search_fields = ("texto",)


@apuntar(Texto)
class Textos(Consulta):
    """Los que alguien cambió alguna vez."""

    list_display = ("__str__", "clave", "ambito", "de_fabrica", "editado_por", "editado_el")
    list_filter = ("de_fabrica", "editado_el")
    search_fields = ("clave", "ambito", "escrito")

    def donde(self, obj: Any) -> str:
        """La página donde se cambia, si es del portal y todavía existe."""
        return reverse("textos:texto", args=(obj.clave,)) if obj.clave in TEXTOS and not obj.ambito else ""


@apuntar(CambioDeTexto)
class Cambios(Consulta):
    """Quién cambió qué y cuándo."""

    nota = "Cada renglón se escribió al cambiar el texto y no se corrige."
    list_display = ("texto", "cuando", "por", "de_fabrica")
    list_filter = ("de_fabrica", "cuando")
    search_fields = ("texto__clave", "escrito")
    ordering = ("-pk",)
