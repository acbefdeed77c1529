"""Abrir una cuenta con su invitación, y la lista de las que esperan."""

from http import HTTPStatus
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core.internal.ratelimit import consume  # la pública solo cuenta un GET si ella misma responde
from allauth.core.ratelimit import respond_429
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from stl_portal import limites
from stl_portal.gestion import puerta
from stl_portal.ligas import sin_ficha
from stl_portal.paginacion import pagina_pedida
from stl_portal.versiones import entero

from . import invitaciones, registro, segundo_factor
from .forms import Aceptada
from .models import Invitacion, Usuario

POR_PAGINA = 25
PAGINA_O_ACTO = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@PAGINA_O_ACTO
@sin_ficha("invitacion", "ficha")
def abrir(request: HttpRequest, ficha: str) -> HttpResponse:
    """Quién invita y a qué; al elegir contraseña la cuenta queda abierta y se entra.

    Lo que no abre contesta siempre lo mismo: quien no recibió el correo no aprende si venció o no existió.
    """
    if not consume(request, app=limites.DE_ALLAUTH, action="invitacion", limit_get=True):
        return respond_429(request)
    try:
        invitacion = invitaciones.de_la_ficha(ficha)
        form = Aceptada(invitacion.cuenta, request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            cuenta = invitaciones.aceptar(ficha, form.cleaned_data["password1"])
            return _entrar(request, cuenta)
    except invitaciones.NoAbre:
        return render(request, "cuentas/no_abre.html", status=HTTPStatus.NOT_FOUND)
    contexto = {
        "form": form,
        "invitacion": invitacion,
        "quien": invitaciones.quien_invita(invitacion),
        "dos_pasos": registro.tiene_poder(invitacion.cuenta),
    }
    return render(request, "cuentas/invitacion.html", contexto, status=422 if form.is_bound else 200)


def _entrar(request: HttpRequest, cuenta: Usuario) -> HttpResponse:
    """Entra y, si lo que le toca lo exige, sigue con su segundo paso sin repetir la contraseña."""
    falta = registro.tiene_poder(cuenta) and not segundo_factor.tiene(cuenta)
    sigue = reverse("mi")
    if falta:
        sigue = f"{reverse('mfa_activate_totp')}?{urlencode({'next': sigue})}"
    respuesta: HttpResponse = perform_login(request, Login(user=cuenta, redirect_url=sigue))
    record_authentication(request, cuenta, method="password", reauthenticated=True)
    return respuesta


@never_cache
@PAGINA_O_ACTO
def todas(request: HttpRequest) -> HttpResponse:
    """Las que esperan en todo el portal."""
    puerta.exigir(request)
    filas = Invitacion.objects.pendientes()
    contexto = {"nueva": reverse("admin:cuentas_usuario_add"), "marco": "cuentas/invitaciones.html"}
    return lista(request, filas, contexto)


def lista(request: HttpRequest, filas: QuerySet[Invitacion], contexto: dict[str, Any]) -> HttpResponse:
    """La lista con `reenviar` y `retirar`; `contexto` trae la plantilla (`marco`) y lo suyo.

    Quien llama ya decidió quién pasa y cuáles son: aquí solo se toca una de `filas`.
    """
    estado = HTTPStatus.OK
    if request.method == "POST":
        try:
            messages.success(request, _hacer(request, filas))
            return redirect(request.path)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            estado = HTTPStatus.UNPROCESSABLE_ENTITY
    ordenadas = filas.select_related("cuenta", "invita").order_by("vence_el", "pk")
    pagina = pagina_pedida(request, ordenadas, POR_PAGINA)
    ahora = timezone.now()
    renglones = [
        {"fila": fila, "quien": invitaciones.quien_invita(fila), "vencio": fila.vencio(ahora)}
        for fila in pagina
    ]
    return render(
        request, contexto["marco"], {"pagina": pagina, "renglones": renglones, **contexto}, status=estado
    )


def _hacer(request: HttpRequest, filas: QuerySet[Invitacion]) -> str:
    """Lo que se pidió con una de ellas, y cómo se dice. Lanza `ValidationError`."""
    una = filas.select_related("cuenta").filter(pk=entero(request.POST.get("invitacion"))).first()
    if una is None:
        raise ValidationError(invitaciones.YA_NO)
    if request.POST.get("hacer") == "retirar":
        invitaciones.revocar(una)
        return f"Se retiró la invitación de {una.cuenta.email}: su liga ya no abre nada."
    invitaciones.reenviar(una, request.user)
    return f"Se mandó otra liga a {una.cuenta.email}; la anterior ya no sirve."
