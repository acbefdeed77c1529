"""Los formatos de transparencia: cuáles hay, y llevarse uno con lo publicado en un periodo."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.datos import formas
from stl_portal.datos.registro import Conjunto

from . import columnas, llenar
from .forms import FormaPeriodo
from .models import Formato

FORMAS = {forma.extension: forma for forma in (formas.CSV, formas.XLSX)}


@require_safe
def lista(request: HttpRequest) -> HttpResponse:
    """Los vigentes primero y después los anteriores, que siguen sirviendo para lo de su tiempo."""
    hoy = timezone.localdate()
    todos = [formato for formato in Formato.objects.all() if formato.de]
    vigentes = [f for f in todos if not f.vigente_hasta or f.vigente_hasta >= hoy]
    contexto = {"vigentes": vigentes, "anteriores": [f for f in todos if f not in vigentes]}
    return render(request, "formatos/lista.html", contexto)


def pedido(clave: str) -> tuple[Formato, Conjunto]:
    """El formato y su conjunto. Lanza `Http404` también si el conjunto ya no existe."""
    formato = get_object_or_404(Formato, clave=clave)
    if formato.de is None:
        raise Http404("El conjunto de ese formato ya no existe.")
    return formato, formato.de


@require_safe
def formato(request: HttpRequest, clave: str) -> HttpResponse:
    """Qué lleva, de dónde sale cada columna, y la forma para elegir el periodo."""
    return _pagina(request, *pedido(clave), None)


@require_safe
def archivo(request: HttpRequest, clave: str, extension: str) -> HttpResponseBase:
    """Lleno con lo publicado en el periodo; 422 con la forma si el periodo no se entiende."""
    (cual, conjunto), forma = pedido(clave), FORMAS.get(extension)
    if forma is None:
        raise Http404("No se descarga en esa forma.")
    elegido = FormaPeriodo(cual, request.GET)
    if not elegido.is_valid():
        return _pagina(request, cual, conjunto, elegido)
    de_mas: HttpResponse | None = ratelimit.consume_or_429(request, action="datos_xlsx", limit_get=True)
    if de_mas:
        return de_mas
    organo, periodo = elegido.cleaned_data.get("organo", ""), elegido.periodo()
    trozos = () if request.method == "HEAD" else llenar.escribir(cual, periodo, organo, forma)
    respuesta = StreamingHttpResponse(trozos, content_type=forma.tipo)
    nombre = f"{cual.clave}-{periodo.desde}-a-{periodo.hasta}.{forma.extension}"
    respuesta["Content-Disposition"] = content_disposition_header(True, nombre) or "attachment"
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta


def _pagina(
    request: HttpRequest, cual: Formato, conjunto: Conjunto, forma: FormaPeriodo | None
) -> HttpResponse:
    contexto = {
        "formato": cual,
        "conjunto": conjunto,
        "renglones": columnas.explicar(cual.columnas, conjunto),
        "forma": forma or FormaPeriodo(cual),
        "formas": list(FORMAS.values()),
    }
    estado = HTTPStatus.UNPROCESSABLE_ENTITY if forma else HTTPStatus.OK
    return render(request, "formatos/formato.html", contexto, status=estado)
