"""Los errores del dominio se vuelven páginas claras en un solo lugar."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from stl_portal.transiciones import TransicionInvalida


class ErroresDelDominio:
    """Convierte una transición ilegal que nadie atendió en 409 con su frase."""

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el siguiente eslabón de la cadena."""
        self.siguiente = siguiente

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Deja pasar la petición."""
        return self.siguiente(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Atiende solo `TransicionInvalida`; lo demás sigue su camino."""
        if not isinstance(error, TransicionInvalida):
            return None
        contexto = {"motivo": error.frase, "volver_a": request.META.get("HTTP_REFERER", "/mi/")}
        return render(request, "409.html", contexto, status=409)
