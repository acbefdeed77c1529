"""Cabeceras de seguridad que Django no trae."""

from collections.abc import Callable
from wsgiref.headers import Headers

from django.http import HttpRequest, HttpResponse

# De lo público que puede retirarse o testarse después: se guarda, pero se pregunta antes de volver a usarlo.
SIEMPRE_PREGUNTA = "public, no-cache"
PERMISOS = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def sin_marco(headers: Headers, path: str, url: str) -> None:
    """Nadie muestra un archivo estático dentro de su página. Lo llama WhiteNoise con cada uno."""
    headers["Content-Security-Policy"] = "frame-ancestors 'none'"


class Cabeceras:
    """Añade aislamiento de recursos, permisos del navegador y no guardar lo privado."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Responde con las cabeceras puestas."""
        respuesta = self.siguiente(request)
        respuesta.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        respuesta.setdefault("Permissions-Policy", PERMISOS)
        # Una computadora compartida no debe mostrar la mesa con el botón «atrás» tras salir.
        usuario = getattr(request, "user", None)
        if usuario is not None and usuario.is_authenticated:
            respuesta.setdefault("Cache-Control", "no-store, private")
        return respuesta
