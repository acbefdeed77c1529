"""La suscripción de un órgano tiene su propia dirección; quien la pide con `?organo=` llega a ella."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from stl_portal.publico.registro import organos

Vista = Callable[..., HttpResponseBase]


def lleva_a_la_del_organo(nombre: str) -> Callable[[Vista], Vista]:
    """Con `?organo=` lleva a la dirección `nombre` de ese órgano. `Http404` si no lo hay.

    Darle todo a quien pidió lo de uno lo engañaría, y un lector de noticias o una agenda no lo notan.
    """

    def con(vista: Vista) -> Vista:
        @wraps(vista)
        def pedida(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            clave = request.GET.get("organo")
            return _a_la_suya(nombre, clave) if clave else vista(request, *args, **kwargs)

        return pedida

    return con


def _a_la_suya(nombre: str, clave: str) -> HttpResponse:
    if clave not in organos(timezone.localdate()):
        raise Http404("No hay un órgano con esa clave.")
    return redirect(nombre, clave)
