"""Páginas de error en palabras llanas."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def peticion_invalida(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: lo que llegó no se entiende."""
    return render(request, "400.html", status=400)


def sin_permiso(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: puedes ver esto, pero no hacer eso."""
    return render(request, "403.html", {"motivo": str(exception or "")}, status=403)


def no_encontrada(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no existe o no es público."""
    return render(request, "404.html", status=404)


def fallo(request: HttpRequest) -> HttpResponse:
    """500: la falla es nuestra."""
    return render(request, "500.html", status=500)


def falta_csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 por ficha caducada: al autoguardado se le dice que vuelva a pedirla, sin perder texto."""
    if request.headers.get("X-Autoguardado"):
        return JsonResponse({"error": "ficha", "mensaje": "La página caducó; se guardará al renovarla."}, status=403)
    return render(request, "403_csrf.html", status=403)
