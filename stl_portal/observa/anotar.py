"""Dentro de Django: qué dirección atendió la petición y qué clase de cuenta la hizo, sin preguntar nada."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .peticion import EN_CURSO


class Anotar:
    """Va antes que las sesiones: al volver, ya se sabe si alguien miró quién pide."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Deja pasar y anota el rol."""
        respuesta = self.siguiente(request)
        peticion = EN_CURSO.get()
        if peticion is not None:
            peticion.rol = rol_de(request)
            peticion.cuenta = cuenta_de(request)
        return respuesta

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Ya se sabe de quién es la dirección; su nombre no lleva los datos que ella lleva."""
        peticion = EN_CURSO.get()
        if peticion is not None and request.resolver_match is not None:
            peticion.ruta = nombre_de(request)


def nombre_de(request: HttpRequest) -> str:
    """`sesiones:detalle`; de la que no tiene nombre, la forma de su ruta."""
    cual = request.resolver_match
    if cual is None:
        return ""
    return cual.view_name if cual.url_name else str(cual.route)


def cuenta_de(request: HttpRequest) -> int | None:
    """El número de la cuenta que pidió, si alguien la miró."""
    numero: int | None = getattr(getattr(request, "_cached_user", None), "pk", None)
    return numero


def rol_de(request: HttpRequest) -> str:
    """Lo que ya se leyó: «sin_ver» es una sesión que nadie miró. Qué papel tiene en cada órgano se ignora."""
    cuenta: Any = getattr(request, "_cached_user", None)
    if cuenta is None:
        return "sin_ver" if settings.SESSION_COOKIE_NAME in request.COOKIES else "anonima"
    if not cuenta.is_authenticated:
        return "anonima"
    return "administra_portal" if cuenta.is_superuser else "cuenta"
