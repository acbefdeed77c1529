"""Lo que se hace con la sesión al responder: marcar la actividad y reconocer el aparato."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from . import aparatos, falta_factor, limites_de_sesion, registro


class SesionViva:
    """Va después de los mensajes. Si nadie miró la sesión, tampoco la mira: la respuesta es de todos."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Deja pasar y, con la respuesta hecha, apunta."""
        respuesta = self.siguiente(request)
        if not request.session.accessed:
            return respuesta
        _decir_por_que(request, respuesta)
        if limites_de_sesion.toca_marcar(request.session) and not _pidio_solo(request):
            _seguir_viva(request)
        entro: Any = getattr(request, "acaba_de_entrar", None)
        if entro is not None:
            aparatos.recordar(request, respuesta, entro)
        return respuesta

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Ninguna página de trabajo se abre a quien le falta su segundo paso."""
        ruta = request.resolver_match.route if request.resolver_match else ""
        if falta_factor.es_de_trabajo(ruta) and falta_factor.debe(request):
            return falta_factor.respuesta(request)
        return None


def _seguir_viva(request: HttpRequest) -> None:
    """Apunta la actividad; a quien en este rato le dieron un papel con poder, le toca lo que al entrar."""
    antes: Any = request.session[limites_de_sesion.CLAVE]
    corta = registro.tiene_poder(request.user)
    limites_de_sesion.marcar(request.session, corta=corta)
    if corta and not antes["corta"]:
        falta_factor.revisar(request, request.user)
    aparatos.ver(request)


def _pidio_solo(request: HttpRequest) -> bool:
    """Si lo pidió el navegador sin que la persona hiciera nada."""
    return request.resolver_match is None or limites_de_sesion.es_latido(request.resolver_match.func)


def _decir_por_que(request: HttpRequest, respuesta: HttpResponse) -> None:
    """A quien se manda a entrar porque su sesión venció se le dice por qué."""
    motivo: str = getattr(request.session, "cerrada_por", "")
    if motivo and respuesta.get("Location", "").startswith(reverse("account_login")):
        messages.info(request, motivo)
