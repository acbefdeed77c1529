"""La puerta de la administración: la misma entrada que el resto del portal, nunca otra."""

from django.http import Http404, HttpRequest

from stl_portal.cuentas import identidad
from stl_portal.errores import FaltaEntrar

from . import permisos

SIN_CAMBIOS = ("GET", "HEAD", "OPTIONS")


def exigir(request: HttpRequest) -> None:
    """Deja pasar a quien administra el portal, con segundo factor; para cambiar algo, usado hace poco.

    Lanza `FaltaEntrar` a quien no ha entrado y `Http404` a quien no administra: para esa persona no existe.
    Con un carácter nulo en la consulta también es 404, porque PostgreSQL no admite ni preguntarlo.
    """
    if not request.user.is_authenticated:
        raise FaltaEntrar
    if not permisos.administra(request.user) or any("\0" in valor for valor in request.GET.values()):
        raise Http404
    if request.method in SIN_CAMBIOS:
        identidad.exigir_factor(request)
    else:
        identidad.exigir(request)
