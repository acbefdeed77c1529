"""Un anexo publicado, en una dirección que no cambia: lleva al archivo vigente o dice que se retiró."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from sesiones import anexos
from sesiones.models import Anexo
from stl_portal.cabeceras import SIEMPRE_PREGUNTA

RETIRADO = 410


@require_safe
def anexo(request: HttpRequest, organo: str, sesion: str, pk: int) -> HttpResponse:
    """302 al archivo, 410 con el motivo si se retiró, o 404 si nunca se publicó."""
    filas = Anexo.objects.select_related("sesion__organo", "archivo")
    fila = get_object_or_404(filas, pk=pk, sesion__clave=sesion, sesion__organo__clave=organo)
    renglon = anexos.renglon(fila)
    if renglon.publicacion is None:
        raise Http404("Ese anexo no se ha publicado.")
    if renglon.archivo is None:
        contexto = {"sesion": fila.sesion, "publicacion": renglon.publicacion}
        return render(request, "sesiones/publico/anexo_retirado.html", contexto, status=RETIRADO)
    archivo = renglon.archivo
    respuesta = redirect(archivo.a_la_vista)
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta
