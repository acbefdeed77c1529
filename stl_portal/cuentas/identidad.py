"""Lo que no se deshace lo hace quien acaba de probar que es quien dice, con dos pasos.

Sellar, publicar, corregir lo publicado y administrar un órgano piden dos cosas: que la cuenta tenga
segundo factor y que lo haya usado en este navegador hace poco (`REIDENTIFICACION_MINUTOS`). Consultar no
pide ninguna.
Primero van los permisos: a quien no le toca se le dice que no, sin pedirle que se identifique.
"""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from . import segundo_factor

ARCHIVO_PERDIDO = "El archivo no se conserva mientras te identificas: al terminar, elígelo otra vez."


def exigir(request: HttpRequest, *, repetir: bool = True) -> None:
    """Deja pasar a quien se identificó hace poco; a los demás los lleva a hacerlo y los regresa aquí.

    Un envío que llega tarde se guarda y se repite solo al confirmarse (`ReauthenticationRequired`, que
    atiende allauth), menos sus archivos, y se avisa; con `repetir=False` se vuelve a ver la página y se
    decide otra vez. Lo que se hubiera guardado antes y quedó a medias se olvida, para que no reviva. Lanza
    `ImmediateHttpResponse`.
    """
    exigir_factor(request)
    if es_reciente(request):
        return
    if repetir and request.method == "POST":
        if request.FILES:
            messages.warning(request, ARCHIVO_PERDIDO)
        raise ReauthenticationRequired
    request.session.pop(STATE_SESSION_KEY, None)
    manera: str = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    raise ImmediateHttpResponse(_a(manera, request.get_full_path()))


def exigir_factor(request: HttpRequest) -> None:
    """Deja pasar a quien tiene segundo factor, aunque no lo use hace poco; a los demás, a activarlo.

    Es lo que se pide para consultar los registros de todos los órganos. Lanza `ImmediateHttpResponse`.
    """
    if not segundo_factor.tiene(request.user):
        raise ImmediateHttpResponse(_a(reverse("mfa_hace_falta"), _de_regreso(request)))


def es_reciente(request: HttpRequest) -> bool:
    """Si en este navegador se usó el segundo factor hace poco, al entrar o al confirmarse."""
    pruebas: list[dict[str, Any]] = get_authentication_records(request, request.user)
    ahora = time.time()
    return any(
        prueba["method"] == "mfa" and 0 <= ahora - prueba["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        for prueba in pruebas
    )


def asentar(request: HttpRequest, medio: Authenticator) -> None:
    """Quien acaba de activar su segundo factor ya dio su contraseña y lo usó: no se le pide otra vez."""
    post_authentication(request, medio, reauthenticated=True)


def _de_regreso(request: HttpRequest) -> str:
    """La página de la que viene; a la dirección de un envío no se regresa."""
    if request.method == "POST":
        return request.headers.get("Referer", reverse("mi"))
    return request.get_full_path()


def _a(url: str, regreso: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{url}?{urlencode({'next': regreso})}")
