"""Mostrar la versión HTML de un correo dentro de una página sin que pueda hacer nada: ni programas ni red."""

from collections.abc import Callable

from csp.decorators import csp_update
from django.http import HttpResponse
from django.http.response import HttpResponseBase

from . import presentacion


def con_marco(vista: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Decorador: esa página puede enmarcar un correo del portal."""
    return csp_update({"frame-src": ["'self'"]})(vista)


def responder(asunto: str, cuerpo: str, clase: str) -> HttpResponse:
    """El correo como página propia: encerrada, con su estilo por su huella y solo enmarcable por el portal.

    Sus ligas abren aparte: dentro del marco no cabe otra página.
    """
    html = presentacion.html(asunto, cuerpo, clase).replace("<head>", '<head>\n    <base target="_blank">', 1)
    respuesta = HttpResponse(html)
    respuesta["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {presentacion.politica_de_estilo()}; frame-ancestors 'self'; "
        "base-uri 'none'; form-action 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
    )
    respuesta["X-Frame-Options"] = "SAMEORIGIN"
    respuesta["Cache-Control"] = "no-store, private"
    return respuesta
