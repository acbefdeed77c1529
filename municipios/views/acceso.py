"""La puerta de las páginas donde se captura el avance: encuentra el seguimiento y decide quién pasa."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from municipios import permisos
from municipios.models import Municipio
from sesiones.models import Organo
from sesiones.permisos import puede_leer_mesa
from sesiones.views.acceso import exigir_cuenta

LEE = ("GET", "HEAD")
SOLO_LEES = "Puedes consultar este avance, pero capturarlo le toca a quien informa de cada municipio."


def seguimiento_o_404(request: HttpRequest, clave: str) -> Organo:
    """El órgano que sigue a los municipios, si la cuenta lee el avance de alguno; si escribe, si captura.

    Lanza `FaltaEntrar`, `Http404` a quien no tiene que ver y `PermissionDenied` a quien solo consulta.
    """
    exigir_cuenta(request)
    organo = get_object_or_404(Organo.objects.con_nombre(), clave=clave)
    hoy = timezone.localdate()
    if not permisos.lee_avance(request.user, organo, hoy):
        raise Http404
    if request.method not in LEE and not informa_de(request, organo).exists():
        raise PermissionDenied(SOLO_LEES)
    return organo


def informa_de(request: HttpRequest, organo: Organo) -> "QuerySet[Municipio]":
    """Los municipios que la cuenta captura."""
    return permisos.municipios_que_informa(request.user, organo, timezone.localdate())


def lee_todos(request: HttpRequest, organo: Organo) -> bool:
    """Si ve los 46; el enlace de un municipio solo ve el suyo."""
    hoy = timezone.localdate()
    return permisos.sigue(request.user, organo, hoy) or puede_leer_mesa(request.user, organo, hoy)
