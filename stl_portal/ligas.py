"""Las ligas que llegan por correo: su ficha sale de la dirección en cuanto se abren.

Se guarda en la sesión y se sigue en una dirección limpia, como hace Django al elegir otra contraseña: no
queda en la historia del navegador ni en lo que la página pida después, y copiar la dirección no la entrega.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

Vista = Callable[..., HttpResponse]
EN_SESION = "ligas"
ABIERTA = "abierta-"  # con qué empieza lo que queda en la dirección en lugar de la ficha
A_LA_VEZ = 10  # ligas que un navegador puede tener abiertas; la más vieja se olvida


def sin_ficha(nombre: str, parametro: str) -> Callable[[Vista], Vista]:
    """Decorador: la vista recibe la ficha como siempre; `nombre` es el de su dirección.

    Solo se guarda la de una liga que abre: probar muchas no llena la base de sesiones. Un envío directo a la
    dirección con ficha se atiende igual.
    """

    def decorar(vista: Vista) -> Vista:
        @wraps(vista)
        def abrir(request: HttpRequest, **direccion: str) -> HttpResponse:
            ficha = direccion[parametro]
            if ficha.startswith(ABIERTA):
                guardadas: dict[str, str] = request.session.get(EN_SESION, {})
                return vista(request, **direccion | {parametro: guardadas.get(ficha, ficha)})
            respuesta = vista(request, **direccion)
            if request.method == "POST" or respuesta.status_code != HTTPStatus.OK:
                return respuesta
            limpia = reverse(nombre, kwargs=direccion | {parametro: _guardar(request, ficha)})
            return redirect(f"{limpia}?{request.GET.urlencode()}" if request.GET else limpia)

        return abrir

    return decorar


def _guardar(request: HttpRequest, ficha: str) -> str:
    """La aparta y devuelve lo que va en su lugar, que no sirve en otro navegador."""
    limpia = ABIERTA + hashlib.sha256(ficha.encode()).hexdigest()[:16]
    otras: dict[str, Any] = {c: f for c, f in request.session.get(EN_SESION, {}).items() if c != limpia}
    request.session[EN_SESION] = dict([*otras.items(), (limpia, ficha)][-A_LA_VEZ:])
    return limpia
