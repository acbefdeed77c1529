"""Si el portal está listo y sus cifras, para quien lo vigila."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import acceso, listo
from . import metricas as todas


@never_cache
@require_safe
def esta_listo(request: HttpRequest) -> HttpResponse:
    """200 si todo está y 503 si algo falta; qué falta, solo a quien opera el portal."""
    if acceso.ve_el_detalle(request):
        dicho = listo.informe(listo.partes())
    else:
        dicho = {"listo": listo.Reciente.preguntar()}
    estado = HTTPStatus.OK if dicho["listo"] else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(dicho, status=estado, json_dumps_params={"ensure_ascii": False})


@never_cache
@require_safe
def metricas(request: HttpRequest) -> HttpResponse:
    """Para Prometheus; a quien no trae la ficha se le contesta que no existe."""
    if not acceso.trae_ficha(request):
        raise Http404
    return HttpResponse(todas.escritas(settings.METRICAS_DIR), content_type=todas.TIPO)
