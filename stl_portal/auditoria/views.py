"""La página de la auditoría y el paquete que se lleva quien audita."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from stl_portal.paginacion import pagina_pedida

from . import cadena, lectura, paquete, puerta
from .forms import FiltroDeAuditoria

POR_PAGINA = 50
TOPE = 100_000  # renglones en un paquete: se arma en memoria
DEMASIADOS = "Son {:,} renglones y en un archivo caben {:,}: acota las fechas, el órgano o el tipo."


@never_cache
@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Quién hizo qué, de lo más reciente a lo primero."""
    alcance = puerta.exigir(request)
    return _pagina(request, FiltroDeAuditoria(request.GET, alcance=alcance))


@never_cache
@require_safe
def exportar(request: HttpRequest) -> HttpResponse:
    """Lo mismo que se ve, entero, en un ZIP firmado. Queda constancia de quién se lo llevó."""
    filtro, ahora = FiltroDeAuditoria(request.GET, alcance=puerta.exigir(request)), timezone.now()
    if not filtro.is_valid():
        return _pagina(request, filtro)
    pedido = filtro.pedido(ahora)
    cuantos = lectura.indice(pedido).count()
    if cuantos > TOPE:
        filtro.add_error(None, DEMASIADOS.format(cuantos, TOPE))
        return _pagina(request, filtro)
    contenido, huella = paquete.empaquetar(pedido, request.user, ahora)
    detalle = f"{cuantos} renglones; huella del manifiesto {huella}"
    cadena.anotar("exportar la auditoría", por=request.user, detalle=detalle, request=request)
    respuesta = HttpResponse(contenido, content_type="application/zip")
    respuesta["Content-Disposition"] = f'attachment; filename="auditoria-{ahora:%Y%m%d-%H%M%S}.zip"'
    return respuesta


def _pagina(request: HttpRequest, filtro: FiltroDeAuditoria) -> HttpResponse:
    """La lista; si el filtro no se entiende, lo dice y no enseña nada que pudiera parecer la respuesta."""
    bueno = filtro.is_valid()
    pedido = filtro.pedido(timezone.now())
    pagina = pagina_pedida(request, lectura.indice(pedido) if bueno else (), POR_PAGINA)
    consulta = request.GET.copy()
    consulta.pop("page", None)
    contexto = {
        "filtro": filtro,
        "total": pagina.paginator.count if bueno else None,
        "pagina": pagina,
        "renglones": lectura.renglones(list(pagina.object_list), pedido.alcance),
        "consulta": consulta.urlencode(),
        "alcance": filtro.alcance,
    }
    estado = HTTPStatus.OK if bueno else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "auditoria/inicio.html", contexto, status=estado)
