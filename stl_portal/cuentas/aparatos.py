"""Los aparatos donde una cuenta tiene su sesión abierta, y cuáles ya se le conocen.

De cada uno se guarda lo que el navegador dice de sí mismo y la dirección de red desde la que entró; no se
averigua el lugar. Que un aparato ya se conoce lo dice una galleta suya, firmada: no hace falta anotarlo.
"""

from collections.abc import Iterable
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from stl_portal import galletas

from .models import SesionAbierta

EN_SESION = "aparato"
SAL = "aparato"
GALLETA = galletas.de_una_parte("aparato")
UN_ANO = 365 * 24 * 3600
CUENTAS_POR_APARATO = 20  # en una computadora de oficina; las más viejas se olvidan
DESCONOCIDO = "Navegador desconocido"

# En este orden: Edge y Opera también dicen ser Chrome, y todos dicen ser Safari.
NAVEGADORES = (
    *(("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet")),
    *(("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome")),
    ("Safari/", "Safari"),
)
SISTEMAS = (
    *(("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS")),
    *(("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")),
)


def nombre(agente: str) -> str:
    """«Firefox en Windows», de lo que el navegador dice de sí mismo."""
    navegador = next((dicho for marca, dicho in NAVEGADORES if marca in agente), DESCONOCIDO)
    sistema = next((dicho for marca, dicho in SISTEMAS if marca in agente), "")
    return f"{navegador} en {sistema}" if sistema else navegador


def abrir(request: HttpRequest, cuenta: Any) -> SesionAbierta:
    """Anota que la cuenta entró desde este aparato; olvida las que ya se acabaron."""
    if request.session.session_key is None:
        request.session.save()
    _olvidar_acabadas(cuenta)
    ahora = timezone.now()
    datos = {
        "cuenta": cuenta,
        "agente": request.META.get("HTTP_USER_AGENT", "")[:300],
        "direccion": get_client_ip(request) if request.META else None,
        "abierta_el": ahora,
        "vista_el": ahora,
    }
    fila, _ = SesionAbierta.objects.update_or_create(llave=request.session.session_key, defaults=datos)
    request.session[EN_SESION] = fila.pk
    return fila


def _olvidar_acabadas(cuenta: Any) -> None:
    vivas = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    SesionAbierta.objects.filter(cuenta=cuenta).exclude(llave__in=vivas).delete()


def ver(request: HttpRequest) -> None:
    """La persona sigue en él; su llave pudo rotar al cambiar de contraseña."""
    pk: Any = request.session.get(EN_SESION)
    SesionAbierta.objects.filter(pk=pk).update(vista_el=timezone.now(), llave=request.session.session_key)


def de(cuenta: Any) -> QuerySet[SesionAbierta]:
    """Las abiertas, la usada más recientemente primero."""
    vivas = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return SesionAbierta.objects.filter(cuenta=cuenta, llave__in=vivas).order_by("-vista_el", "-pk")


def cerrar(filas: Iterable[SesionAbierta]) -> int:
    """Acaba esas sesiones: quien las tenga abiertas tendrá que entrar otra vez. Devuelve cuántas eran."""
    filas = list(filas)
    with transaction.atomic():
        Session.objects.filter(session_key__in=[fila.llave for fila in filas]).delete()
        SesionAbierta.objects.filter(pk__in=[fila.pk for fila in filas]).delete()
    return len(filas)


def cerrar_las_demas(request: HttpRequest, cuenta: Any) -> int:
    """Todas menos en la que se pide; si no se ha entrado, todas."""
    es_suya = request.user.is_authenticated and request.user.pk == cuenta.pk
    propia: Any = request.session.get(EN_SESION) if es_suya else None
    if propia:
        ver(request)
    return cerrar(SesionAbierta.objects.filter(cuenta=cuenta).exclude(pk=propia))


def se_conoce(request: HttpRequest, cuenta: Any) -> bool:
    """Si desde este aparato ya había entrado esa cuenta."""
    return _senal(cuenta) in _conocidas(request)


def recordar(request: HttpRequest, respuesta: HttpResponseBase, cuenta: Any) -> None:
    """Deja la galleta que dice que esta cuenta ya entró desde aquí; solo viaja a la puerta."""
    otras = [senal for senal in _conocidas(request) if senal != _senal(cuenta)]
    respuesta.set_cookie(
        GALLETA,
        signing.dumps([_senal(cuenta), *otras][:CUENTAS_POR_APARATO], salt=SAL),
        max_age=UN_ANO,
        path=reverse("account_login"),
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def _conocidas(request: HttpRequest) -> list[str]:
    try:
        senales: list[str] = signing.loads(request.COOKIES.get(GALLETA, ""), salt=SAL, max_age=UN_ANO)
    except signing.BadSignature:
        return []
    return senales


def _senal(cuenta: Any) -> str:
    """Algo que solo el portal sabe de quién es."""
    return salted_hmac(SAL, str(cuenta.pk), algorithm="sha256").hexdigest()[:32]
