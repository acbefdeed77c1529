"""Las actas publicadas de las sesiones que se eligieron, en un ZIP que se comprueba sin el portal."""

from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sesiones import compendio
from sesiones.forms.filtros import FiltroSesiones
from sesiones.views.publico import Lista, listado
from stl_portal.cabeceras import SIEMPRE_PREGUNTA


class SinActas(Lista):
    """La lista elegida, con la razón de que no haya qué descargar."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """La plantilla lo dice."""
        return super().get_context_data(sin_actas=True, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """No existe lo que se pidió."""
        return super().render_to_response(context, status=404, **kwargs)


@require_safe
def actas(request: HttpRequest) -> HttpResponseBase:
    """Con los filtros de la lista; uno mal escrito se explica ahí (422). 404 si no hay actas."""
    de_mas: HttpResponse | None = ratelimit.consume_or_429(request, action="actas_zip", limit_get=True)
    if de_mas:
        return de_mas
    filtro = FiltroSesiones(request.GET)
    if not filtro.is_valid():
        return Lista.as_view()(request)
    sellos = compendio.de_sesiones(filtro.aplicar(listado()))
    if not sellos.exists():
        return SinActas.as_view()(request)
    trozos = () if request.method == "HEAD" else compendio.trozos(sellos.iterator(chunk_size=20))
    respuesta = StreamingHttpResponse(trozos, content_type="application/zip")
    respuesta["Content-Disposition"] = content_disposition_header(True, "actas.zip") or "attachment"
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta
