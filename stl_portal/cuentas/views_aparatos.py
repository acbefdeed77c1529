"""Dónde está abierta mi cuenta, y cerrarla en los demás aparatos."""

from http import HTTPStatus
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stl_portal.errores import FaltaEntrar
from stl_portal.versiones import entero

from . import aparatos, mensajes

TODAS = "todas"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lista(request: HttpRequest) -> HttpResponse:
    """Cada aparato con su hora y su dirección; se cierra uno (`cerrar=<número>`) o todos los demás."""
    if not request.user.is_authenticated:
        raise FaltaEntrar
    propia = request.session.get(aparatos.EN_SESION)
    if request.method == "POST":
        return _cerrar(request, propia)
    return _pagina(request, propia)


def _pagina(request: HttpRequest, propia: Any, *, status: int = HTTPStatus.OK) -> HttpResponse:
    filas = [
        {"fila": fila, "nombre": aparatos.nombre(fila.agente), "este": fila.pk == propia}
        for fila in aparatos.de(request.user)
    ]
    filas.sort(key=lambda una: not una["este"])
    contexto = {"filas": filas, "otras": [una for una in filas if not una["este"]]}
    return render(request, "cuentas/aparatos.html", contexto, status=status)


def _cerrar(request: HttpRequest, propia: Any) -> HttpResponse:
    """Cierra lo pedido y lo avisa por correo; la propia se cierra en «Salir»."""
    pedido = request.POST.get("cerrar", "")
    otras = aparatos.de(request.user).exclude(pk=propia)
    filas = list(otras if pedido == TODAS else otras.filter(pk=entero(pedido)))
    if not filas:
        messages.error(request, "Esa sesión ya no está abierta. Esto es lo que sigue abierto.")
        return _pagina(request, propia, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    cuantas = aparatos.cerrar(filas)
    get_adapter(request).send_notification_mail(
        mensajes.SESIONES_CERRADAS, request.user, {"cuantas": cuantas}
    )
    messages.success(request, "Se cerró esa sesión." if cuantas == 1 else f"Se cerraron {cuantas} sesiones.")
    return redirect("aparatos")
