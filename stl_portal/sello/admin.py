"""El registro público en los registros: sus eslabones y sus puntos de control, que nunca cambian."""

from typing import Any

from django.urls import reverse

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Eslabon, PuntoDeControl


@apuntar(Eslabon)
class Eslabones(Consulta):
    """Lo que se anotó, en orden."""

    list_display = ("n", "tipo", "objeto", "creado_el")
    list_filter = ("tipo", "creado_el")
    search_fields = ("objeto", "hash", "payload_sha256")
    ordering = ("-n",)

    def donde(self, obj: Any) -> str:
        """Su página pública."""
        return reverse("registro:eslabon", args=(obj.n,))


@apuntar(PuntoDeControl)
class Puntos(Consulta):
    """Los puntos de control firmados."""

    list_display = ("tamano", "origen", "raiz", "creado_el")
    list_filter = ("creado_el",)
    search_fields = ("raiz",)
    ordering = ("-tamano",)
