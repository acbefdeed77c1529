"""Todos los mensajes que manda el portal, para quien lo administra: cuándo, a quién y cómo se ven."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from stl_portal.gestion import puerta

from . import clases, marco, preferencias
from .clases import Clase


@require_safe
def todas(request: HttpRequest) -> HttpResponse:
    """La lista, por aquello de lo que hablan."""
    puerta.exigir(request)
    contexto = {"grupos": clases.por_grupo(), "hora": preferencias.hora_del_resumen()}
    return render(request, "avisos/gestion/todas.html", contexto)


@require_safe
@marco.con_marco
def una(request: HttpRequest, clave: str) -> HttpResponse:
    """Una clase: lo que se sabe de ella y cómo se ve con datos inventados."""
    puerta.exigir(request)
    clase = _clase_o_404(clave)
    return render(request, "avisos/gestion/una.html", {"clase": clase, "ejemplo": clase.de_ejemplo()})


@require_safe
def html(request: HttpRequest, clave: str) -> HttpResponse:
    """Su versión HTML, para el marco de la vista previa."""
    puerta.exigir(request)
    clase = _clase_o_404(clave)
    ejemplo = clase.de_ejemplo()
    return marco.responder(ejemplo.asunto, ejemplo.cuerpo, clase.clave)


def _clase_o_404(clave: str) -> Clase:
    clase = clases.CLASES.get(clave)
    if clase is None:
        raise Http404("No hay esa clase de mensaje.")
    return clase
