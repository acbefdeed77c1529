"""Lo que toda respuesta de la interfaz cumple: solo se lee, la lee cualquiera y desde cualquier sitio.

No mira quién entró: con o sin cuenta se recibe lo mismo, y por eso se puede guardar en cachés públicas.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.core.internal.ratelimit import consume  # la pública solo cuenta un GET si ella misma responde
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.datos.api.errores import DE_CUALQUIER_SITIO, error
from stl_portal.publico.errores import ESPERA

LEER = ("GET", "HEAD", "OPTIONS")
_AL_PREGUNTAR = {
    "Allow": ", ".join(LEER),
    "Access-Control-Allow-Methods": ", ".join(LEER),
    "Access-Control-Allow-Headers": "Accept, If-None-Match",
    "Access-Control-Max-Age": "86400",  # segundos
}
Vista = Callable[..., HttpResponseBase]


def puerta(vista: Vista) -> Vista:
    """Envuelve una vista de lectura con sus métodos, su límite, su ETag y sus cabeceras."""

    @csrf_exempt  # leer no cambia nada
    @wraps(vista)
    def atender(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        hecha = _atender(request, vista, *args, **kwargs)
        for nombre, valor in DE_CUALQUIER_SITIO.items():
            hecha[nombre] = valor
        return hecha

    return atender


def _atender(request: HttpRequest, vista: Vista, *args: Any, **kwargs: Any) -> HttpResponseBase:
    if request.method == "OPTIONS":
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_AL_PREGUNTAR)
    if request.method not in LEER:
        return _solo_se_lee()
    if not consume(request, app="allauth.account", action="api", limit_get=True):
        return _demasiadas()
    metodo, request.method = request.method, "GET"  # HEAD es un GET del que solo se mandan las cabeceras
    hecha = vista(request, *args, **kwargs)
    request.method = metodo
    hecha.setdefault("Cache-Control", SIEMPRE_PREGUNTA)
    return _condicional(request, hecha) if isinstance(hecha, HttpResponse) else hecha


def _condicional(request: HttpRequest, hecha: HttpResponse) -> HttpResponseBase:
    """304 si quien pide ya tiene esos mismos bytes."""
    if hecha.status_code != HTTPStatus.OK:
        return hecha
    hecha["ETag"] = f'"{hashlib.sha256(hecha.content).hexdigest()[:32]}"'
    final = get_conditional_response(request, etag=hecha["ETag"], response=hecha) or hecha
    final["Cache-Control"] = SIEMPRE_PREGUNTA
    return final


def _solo_se_lee() -> HttpResponseBase:
    dicho = error(HTTPStatus.METHOD_NOT_ALLOWED, "metodo", "Aquí solo se lee: usa GET o HEAD.")
    return HttpResponseNotAllowed(LEER, dicho.content, content_type="application/json")


def _demasiadas() -> HttpResponseBase:
    minutos = ESPERA // 60
    dicho = (
        f"Son muchas peticiones desde tu dirección; espera {minutos} minutos o descarga el archivo completo."
    )
    respondida = error(HTTPStatus.TOO_MANY_REQUESTS, "limite", dicho)
    respondida["Retry-After"] = str(ESPERA)
    respondida["Cache-Control"] = "no-store"
    return respondida
