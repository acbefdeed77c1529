"""Lo que la interfaz responde: siempre JSON en UTF-8, legible desde cualquier sitio, también al fallar."""

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse

RAIZ = "/api/v1/"
DE_CUALQUIER_SITIO = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def respuesta(contenido: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    """JSON con acentos y no con sus códigos."""
    escrito = json.dumps(contenido, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(
        escrito.encode(), content_type="application/json", status=status, headers=DE_CUALQUIER_SITIO
    )


def error(status: int, clave: str, mensaje: str, campo: str | None = None) -> HttpResponse:
    """Un error: qué clase es, qué pasó en palabras y, si se sabe, en qué parámetro."""
    return respuesta({"error": clave, "mensaje": mensaje, "campo": campo}, status)


def es_de_la_interfaz(request: HttpRequest) -> bool:
    """Si lo pidió un programa: su error va en JSON y no en una página."""
    return request.path.startswith(RAIZ)


def no_existe() -> HttpResponse:
    """404 de una dirección que no es de ningún conjunto."""
    return error(HTTPStatus.NOT_FOUND, "no_esta", f"Esa dirección no existe. Lo que hay está en {RAIZ}")
