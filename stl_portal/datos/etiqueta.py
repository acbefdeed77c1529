"""Cómo se sabe, sin componer nada, que lo que alguien ya descargó sigue igual.

La etiqueta sale de la edición de lo público (`stl_portal/publico/edicion.py`): una sola consulta, y ninguna
fila. Cambia también con la hora: si la edición no alcanzó a anotarse, lo viejo dura eso y no más.
"""

import hashlib

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.publico import edicion

VERSION = 1  # de cómo se escriben las descargas: se sube cuando cambia


def de(request: HttpRequest) -> str:
    """La de esta dirección con su consulta; débil, porque un XLSX igual no tiene siempre los mismos bytes."""
    partes = (
        f"{VERSION}",
        edicion.vigente(),
        f"{timezone.now():%Y%m%d%H}",
        request.path,
        *sorted(request.GET.urlencode().split("&")),
    )
    return f'W/"{hashlib.sha256("|".join(partes).encode()).hexdigest()[:32]}"'


def ya_lo_tiene(request: HttpRequest, etiqueta: str) -> HttpResponseBase | None:
    """304 si quien pide ya tiene eso mismo; None si hay que mandarlo."""
    respuesta = get_conditional_response(request, etag=etiqueta)
    if respuesta is not None:
        con_cabeceras(respuesta, etiqueta)
    return respuesta


def con_cabeceras(respuesta: HttpResponseBase, etiqueta: str = "") -> HttpResponseBase:
    """Lo que llevan los datos abiertos: su etiqueta, y permiso para leerlos desde la página de cualquiera."""
    if etiqueta:
        respuesta["ETag"] = etiqueta
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    respuesta["Access-Control-Allow-Origin"] = "*"
    respuesta["Cross-Origin-Resource-Policy"] = "cross-origin"
    return respuesta
