"""Los textos del portal, para quien lo administra."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from stl_portal.gestion import puerta

from . import hoja
from .models import DEL_PORTAL, Anuncio, Texto
from .registro import GRUPOS


@require_safe
def inicio(request: HttpRequest) -> HttpResponse:
    """Todos, por parte del portal, con los que se han cambiado; y los anuncios por venir."""
    puerta.exigir(request)
    editados = {
        fila.clave: fila
        for fila in Texto.objects.filter(ambito=DEL_PORTAL, de_fabrica=False).select_related("editado_por")
    }
    grupos: list[dict[str, Any]] = [
        {"grupo": grupo, "textos": [(uno, editados.get(uno.clave)) for uno in grupo.textos]}
        for grupo in GRUPOS
    ]
    hoy = timezone.localdate()
    contexto = {
        "grupos": grupos,
        "cambiados": len(editados),
        "anuncios": Anuncio.objects.filter(hasta__gte=hoy).order_by("desde", "pk"),
        "hoy": hoy,
    }
    return render(request, "textos/inicio.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
def texto(request: HttpRequest, clave: str) -> HttpResponse:
    """Uno: se cambia, se ve cómo queda, se vuelve a lo de fábrica."""
    puerta.exigir(request)
    declarado = hoja.editable_o_nada(clave)
    if declarado is None:
        raise Http404("No hay un texto con esa clave.")
    volver = reverse("textos:inicio")
    return hoja.atender(request, hoja.Hoja(declarado, DEL_PORTAL, "textos/texto.html", volver, {}))
