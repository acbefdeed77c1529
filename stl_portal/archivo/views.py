"""Descarga de archivos: para quien no puede verlos, no existen."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from . import vitrina
from .entrega import entregar
from .models import Archivo
from .permisos import puede_ver_original
from .puerta import con_archivo


@require_safe
@con_archivo
def descargar(request: HttpRequest, archivo: Archivo, publico: bool, nombre: str) -> HttpResponseBase:
    """Entrega el archivo; con `?ver=1`, lo que el navegador sabe abrir se abre en él.

    El nombre en la dirección es para las personas: lo que manda es la huella. De una imagen pública se
    entrega la copia sin metadatos; con `?original=1`, la recibida, solo a quien la leía antes de publicarse.
    """
    original = request.GET.get("original") == "1"
    if original and publico and not puede_ver_original(request.user, archivo):
        raise Http404("El original no se publica.")
    if publico:
        vitrina.exponer(archivo)
    a_la_vista = request.GET.get("ver") == "1"
    return entregar(request, archivo, a_la_vista=a_la_vista, publico=publico and not original)
