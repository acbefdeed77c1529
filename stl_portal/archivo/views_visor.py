"""El visor: un archivo leído dentro del portal, y su miniatura. La misma puerta que su descarga."""

from typing import Any

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import miniaturas, procedencia, visor
from .entrega import entregar_derivado, se_limpia
from .models import Archivo
from .permisos import puede_ver_original
from .puerta import con_archivo
from .veredicto import ArchivoRechazado

PROPIO = ["'self'"]


@require_safe
@csp_update({"object-src": PROPIO, "frame-src": PROPIO, "media-src": PROPIO})
@con_archivo
def ver(request: HttpRequest, archivo: Archivo, publico: bool) -> HttpResponseBase:
    """La página de un archivo: lo que es, lo que se lee de él y cómo descargarlo."""
    clase = visor.clase(archivo)
    contexto = {
        "archivo": archivo,
        "clase": clase,
        "lugares": procedencia.lugares(request.user, archivo),
        "publico": publico,
        "ve_original": not publico or puede_ver_original(request.user, archivo),
        **(_documento(request, archivo) if clase == visor.DOCUMENTO else {}),
    }
    if se_limpia(archivo):
        contexto["huella_copia"] = visor.huella_de_la_copia(archivo)
    return render(request, "archivo/ver.html", contexto)


def _documento(request: HttpRequest, archivo: Archivo) -> dict[str, Any]:
    """Las celdas de la hoja pedida o el texto; si no se pudo leer, por qué. Lanza `Http404`."""
    try:
        leido = visor.leer(archivo)
    except ArchivoRechazado as rechazo:
        return {"rechazo": rechazo.frase}
    hojas = leido.get("hojas", [])
    pedida = request.GET.get("hoja", "1")
    if not pedida.isdecimal() or (hojas and not 1 <= int(pedida) <= len(hojas)):
        raise Http404("El libro no tiene esa hoja.")
    return leido | ({"hoja": hojas[int(pedida) - 1], "numero": int(pedida)} if hojas else {})


@require_safe
@con_archivo
def miniatura(request: HttpRequest, archivo: Archivo, publico: bool) -> HttpResponseBase:
    """La primera página o la imagen en pequeño; 404 si de ese tipo no hay."""
    if not miniaturas.tiene(archivo):
        raise Http404("De este tipo de archivo no hay miniatura.")
    nombre, etiqueta = miniaturas.nombre(archivo), f'"{archivo.huella}-miniatura"'
    return entregar_derivado(request, nombre, etiqueta, miniaturas.MIME, publico=publico)
