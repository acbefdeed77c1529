"""La puerta de la auditoría: para quien no audita no existe."""

from django.http import Http404, HttpRequest
from django.utils import timezone

from stl_portal.cuentas import identidad
from stl_portal.errores import FaltaEntrar

from .registro import Alcance, alcance_de


def exigir(request: HttpRequest) -> Alcance:
    """Lo que la cuenta audita, con segundo factor. Lanza `FaltaEntrar` y `Http404`."""
    if not request.user.is_authenticated:
        raise FaltaEntrar
    alcance = alcance_de(request.user, timezone.localdate())
    if alcance is None or any("\0" in valor for valor in request.GET.values()):
        raise Http404
    identidad.exigir_factor(request)
    return alcance
