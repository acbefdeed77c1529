"""Los actos en los registros: se consultan, no se cambian."""

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Acto


@apuntar(Acto)
class Actos(Consulta):
    """Entradas, salidas y cambios que no dejan historia propia."""

    list_display = ("n", "cuando", "que", "quien", "sobre", "organo")
    list_filter = ("que", "cuando")
    search_fields = ("quien", "sobre")
    ordering = ("-n",)
