"""El buzón de la demostración: lo que el portal mandó, como lo vería quien lo recibe.

Solo existe con `DEMO` (que `PRODUCCION` apaga) y solo enseña lo enviado a direcciones que nadie puede tener
(RFC 2606): si alguien escribe la suya para probar, sus correos no aparecen aquí.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from stl_portal.paginacion import pagina_pedida

from . import envio, marco
from .clases import CLASES
from .de_nadie import de_nadie
from .models import Adjunto, Aviso, EstadoAviso

POR_PAGINA = 30
Vista = Callable[..., HttpResponse]


def _solo_en_la_demostracion(vista: Vista) -> Vista:
    """404 en cualquier otro portal."""

    @wraps(vista)
    def envuelta(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or settings.PRODUCCION:
            raise Http404
        respuesta = vista(request, *args, **kwargs)
        respuesta.setdefault("Cache-Control", "no-store, private")
        return respuesta

    return envuelta


def enviados() -> QuerySet[Aviso]:
    """Lo que salió hacia direcciones de nadie, lo más reciente primero."""
    return Aviso.objects.filter(de_nadie("para"), estado=EstadoAviso.ENVIADO).order_by("-pk")


@require_safe
@_solo_en_la_demostracion
def inicio(request: HttpRequest) -> HttpResponse:
    """La lista; `?para=` deja solo los de esa dirección."""
    para = request.GET.get("para", "").strip().lower().replace("\0", "")
    filas = enviados().filter(para=para) if para else enviados()
    sin_bytes = Prefetch("adjuntos", Adjunto.objects.defer("contenido"))
    direcciones = enviados().order_by("para").values_list("para", flat=True).distinct()
    contexto = {
        "pagina": pagina_pedida(request, filas.defer("cuerpo").prefetch_related(sin_bytes), POR_PAGINA),
        "para": para,
        "direcciones": list(direcciones),
    }
    return render(request, "avisos/buzon/inicio.html", contexto)


@require_safe
@marco.con_marco
@_solo_en_la_demostracion
def mensaje(request: HttpRequest, pk: int) -> HttpResponse:
    """Un correo: sus dos versiones y sus archivos."""
    aviso = get_object_or_404(enviados().prefetch_related("adjuntos"), pk=pk)
    contexto = {"aviso": aviso, "texto": envio.texto_de(aviso), "clase": CLASES.get(aviso.clase)}
    return render(request, "avisos/buzon/mensaje.html", contexto)


@require_safe
@_solo_en_la_demostracion
def html(request: HttpRequest, pk: int) -> HttpResponse:
    """Su versión HTML, para el marco."""
    aviso = get_object_or_404(enviados(), pk=pk)
    return marco.responder(aviso.asunto, envio.texto_de(aviso), aviso.clase)


@require_safe
@_solo_en_la_demostracion
def adjunto(request: HttpRequest, pk: int, archivo: int) -> HttpResponse:
    """Un archivo tal como viajó: la cita `.ics`, la convocatoria en PDF."""
    fila = get_object_or_404(Adjunto, pk=archivo, aviso__in=enviados().filter(pk=pk))
    return entregar(fila)


def entregar(fila: Adjunto) -> HttpResponse:
    """El archivo, para guardarlo: nunca se abre dentro del portal."""
    respuesta = HttpResponse(bytes(fila.contenido), content_type=fila.tipo)
    respuesta["Content-Disposition"] = content_disposition_header(True, fila.nombre) or "attachment"
    respuesta["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return respuesta
