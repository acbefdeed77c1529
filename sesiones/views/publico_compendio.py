"""Las actas publicadas de las sesiones que se eligieron, en un ZIP que se comprueba sin el portal."""

from http import HTTPStatus
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from sesiones import compendio
from sesiones.forms.filtros import FiltroSesiones
from sesiones.views.publico import Lista, listado
from stl_portal.cabeceras import SIEMPRE_PREGUNTA


class SinDescarga(Lista):
    """La lista elegida, con la razón de que no se descargue."""

    razon, estado = "", HTTPStatus.NOT_FOUND

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """La plantilla lo dice."""
        return super().get_context_data(sin_descarga=self.razon, **kwargs)

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """404 si no existe lo que se pidió, 422 si es demasiado."""
        return super().render_to_response(context, status=self.estado, **kwargs)


NO_HAY = "Ninguna de estas sesiones tiene todavía un acta publicada: no hay qué descargar."
NO_CABEN = (
    f"Con sus extractos se descargan hasta {compendio.CABEN} acuerdos a la vez: elige un órgano o un año, "
    "o descarga las actas sin ellos."
)


@require_safe
def actas(request: HttpRequest) -> HttpResponseBase:
    """Con los filtros de la lista; uno mal escrito se explica ahí (422). 404 si no hay actas.

    Con `?extractos=1`, también el extracto de cada acuerdo; 422 si son demasiados.
    """
    extractos = request.GET.get("extractos") == "1"
    cual = "extractos_zip" if extractos else "actas_zip"
    de_mas: HttpResponse | None = ratelimit.consume_or_429(request, action=cual, limit_get=True)
    if de_mas:
        return de_mas
    filtro = FiltroSesiones(request.GET)
    if not filtro.is_valid():
        return Lista.as_view()(request)
    sellos = compendio.de_sesiones(filtro.aplicar(listado()))
    if not sellos.exists():
        return SinDescarga.as_view(razon=NO_HAY)(request)
    if extractos and not compendio.caben_sus_extractos(sellos):
        return SinDescarga.as_view(razon=NO_CABEN, estado=HTTPStatus.UNPROCESSABLE_ENTITY)(request)
    filas = sellos.iterator(chunk_size=20)
    trozos = () if request.method == "HEAD" else compendio.trozos(filas, extractos=extractos)
    respuesta = StreamingHttpResponse(trozos, content_type="application/zip")
    respuesta["Content-Disposition"] = content_disposition_header(True, "actas.zip") or "attachment"
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta
