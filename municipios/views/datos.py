"""Los datos abiertos de un corte publicado. No cambian nunca: su etiqueta sale de la huella del corte."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from municipios.ciudadania import abiertos, publicados
from municipios.ciudadania.descargas import FORMATOS
from municipios.models import CorteMunicipalPublicado
from sesiones.views.publico_acta import SIEMPRE_PREGUNTA
from stl_portal.datos.licencia import LICENCIA


@require_safe
def corte_json(request: HttpRequest, organo: str, numero: int) -> HttpResponseBase:
    """Los bytes sellados, de los que sale la huella."""
    fila = publicados.pedido(organo, numero)
    return _conocido(request, fila, "json") or _archivo(
        fila, bytes(fila.documento), "json", "application/json"
    )


@require_safe
def descarga(request: HttpRequest, organo: str, numero: int, clase: str) -> HttpResponseBase:
    """El corte en uno de los `FORMATOS` que se derivan de sus bytes sellados."""
    fila, formato = publicados.pedido(organo, numero), FORMATOS[clase]
    return _conocido(request, fila, clase) or _archivo(fila, formato.componer(fila), clase, formato.tipo)


def _conocido(request: HttpRequest, fila: CorteMunicipalPublicado, clase: str) -> HttpResponseBase | None:
    """304 si quien pide ya lo tiene; None si hay que mandarlo."""
    respuesta = get_conditional_response(request, etag=_etiqueta(fila, clase))
    if respuesta is not None:
        respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta


def _etiqueta(fila: CorteMunicipalPublicado, clase: str) -> str:
    return f'"{fila.huella}-{clase}-{abiertos.VERSION}"'


def _archivo(fila: CorteMunicipalPublicado, contenido: bytes, clase: str, tipo: str) -> HttpResponse:
    """Con un nombre que diga qué es y la licencia, que dentro de un CSV o de lo sellado no cabe."""
    respuesta = HttpResponse(contenido, content_type=tipo)
    nombre = f"municipios-{fila.corte.organo.clave}-corte-{fila.corte.numero}.{clase}"
    respuesta["Content-Disposition"] = content_disposition_header(False, nombre) or "inline"
    respuesta["Link"] = f'<{LICENCIA}>; rel="license"'
    respuesta["ETag"] = _etiqueta(fila, clase)
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta
