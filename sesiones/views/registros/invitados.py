"""Las invitaciones que hizo un órgano y siguen sin abrirse."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sesiones import permisos
from sesiones.views.acceso import organo_o_404
from stl_portal.cuentas import identidad
from stl_portal.cuentas.models import Invitacion
from stl_portal.cuentas.views_invitaciones import lista

from .catalogo import REGISTROS
from .generico import marco


@require_http_methods(["GET", "HEAD", "POST"])
def pendientes(request: HttpRequest, organo: str) -> HttpResponse:
    """Se ven, se reenvían y se retiran: lo hace quien administra el órgano, con segundo paso reciente."""
    del_organo = organo_o_404(request, organo, conducir=True)
    if not permisos.puede_administrar(request.user, del_organo, timezone.localdate()):
        raise PermissionDenied("Las invitaciones le tocan a la administración del órgano.")
    identidad.exigir(request)
    filas = Invitacion.objects.pendientes().filter(ambito=del_organo.clave)
    nueva = REGISTROS["roles"].url_nuevo(del_organo)
    contexto = marco(request, del_organo, nueva=nueva, marco="sesiones/registros/invitaciones.html")
    return lista(request, filas, contexto)
