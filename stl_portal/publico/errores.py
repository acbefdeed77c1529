"""Páginas de error en palabras llanas."""

import sys
from copy import copy

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from stl_portal import limites
from stl_portal.datos.api.errores import error, es_de_la_interfaz, no_existe
from stl_portal.errores import es_autoguardado, reponer
from stl_portal.observa import base_caida, disco_lleno
from stl_portal.observa.peticion import referencia
from stl_portal.paginacion import NoHayPagina

from . import sugerencias

SIN_BASE = "El portal no puede atender en este momento; lo guardado sigue ahí. Vuelve en un minuto."
SIN_ESPACIO = "No queda espacio para guardar; lo guardado sigue ahí. Avisa al personal técnico."
ESPERA = 600  # segundos; ningún límite de `ACCOUNT_RATE_LIMITS` mira más atrás


def peticion_invalida(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: lo que llegó no se entiende; si es demasiado grande, 413 y lo dice."""
    if isinstance(exception, RequestDataTooBig):
        if es_autoguardado(request):
            mensaje = "El texto es demasiado grande para guardarse; agrega lo demás como anexo."
            return JsonResponse({"error": "tamano", "mensaje": mensaje}, status=413)
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def sin_permiso(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: puedes ver esto, pero no hacer eso."""
    return render(request, "403.html", {"motivo": str(exception or "")}, status=403)


def no_encontrada(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no existe o no es público; se ofrece lo público que se le parece."""
    if es_de_la_interfaz(request):
        return no_existe()
    salidas = exception.salidas if isinstance(exception, NoHayPagina) else sugerencias.para(request.path)
    contexto = {"sugerencias": salidas, "buscado": sugerencias.palabras(request.path)}
    return render(request, "404.html", contexto, status=404)


def demasiadas_veces(request: HttpRequest) -> HttpResponse:
    """429: desde esa dirección o para esa cuenta se ha insistido mucho; `Retry-After` dice cuánto esperar."""
    espera = limites.espera(request)
    respuesta = render(request, "429.html", {"espera": limites.dicha(espera)}, status=429)
    respuesta["Retry-After"] = str(espera)
    return respuesta


def fallo(request: HttpRequest) -> HttpResponse:
    """500: la falla es nuestra. 503, si la base no contesta o ya no cabe nada: no hay qué revisar."""
    error_ocurrido = sys.exc_info()[1]
    lleno = disco_lleno.es(error_ocurrido)
    if lleno or base_caida.es(error_ocurrido):
        respuesta = _no_puede(request, lleno=lleno)
        respuesta["Retry-After"] = str(base_caida.ESPERA)
    elif es_de_la_interfaz(request):
        respuesta = error(500, "fallo", _con_numero("Algo falló de nuestro lado."))
    else:
        respuesta = _sin_nada("500.html", 500)
    respuesta["Cache-Control"] = "no-store"
    return respuesta


def _no_puede(request: HttpRequest, *, lleno: bool) -> HttpResponse:
    """503 en la forma que espera quien pidió."""
    mensaje, clase = (SIN_ESPACIO, "sin_espacio") if lleno else (SIN_BASE, "sin_base")
    if es_de_la_interfaz(request):
        return error(503, clase, _con_numero(mensaje))
    if es_autoguardado(request):
        return JsonResponse({"error": clase, "mensaje": mensaje}, status=503)
    return _sin_nada("503.html", 503, lleno=lleno)


def _con_numero(frase: str) -> str:
    """La frase y, si hay, con qué número buscar qué pasó."""
    return f"{frase} Número de referencia: {referencia()}." if referencia() else frase


def _sin_nada(plantilla: str, status: int, **mas: object) -> HttpResponse:
    """La página sin nada de la petición ni de la base, que pueden ser lo que falló."""
    return HttpResponse(render_to_string(plantilla, {"referencia": referencia(), **mas}), status=status)


def _metodos(request: HttpRequest) -> list[str]:
    """Los que esa dirección dice admitir, como a cualquiera que lo pregunte; vacía si no lo dice."""
    cual = request.resolver_match
    pregunta = copy(request)
    pregunta.method = "OPTIONS"
    try:
        respuesta = cual.func(pregunta, *cual.args, **cual.kwargs) if cual else HttpResponse()
    except Exception:  # pide entrar, no existe…: entonces no dice qué admite
        return []
    return [metodo.strip() for metodo in respuesta.get("Allow", "").split(",") if metodo.strip()]


def falta_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 por ficha caducada: lo escrito se repone con una ficha nueva. 405 donde nada se envía."""
    if es_autoguardado(request):
        return JsonResponse({"error": "ficha", "mensaje": "La página caducó."}, status=403)
    admite = _metodos(request)
    if admite and request.method not in admite:
        return HttpResponseNotAllowed(admite)  # no caducó nada: ahí nunca se ha enviado
    return reponer(
        request,
        "La página llevaba mucho tiempo abierta",
        "Por seguridad no se guardó todavía. Lo que escribiste sigue aquí: revísalo y envíalo de nuevo.",
        403,
    )
