"""Entrega de un archivo por HTTP: por partes, con su huella como versión y encerrado en el navegador."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.http.response import StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

from . import almacen
from .models import Archivo
from .tipos import POR_MIME

BLOQUE = 64 * 1024
ENCIERRO = "default-src 'none'; sandbox"
# Con `sandbox` el visor de PDF de Chromium no abre; la inspección ya rechazó los PDF con código.
ENCIERRO_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
_RANGO = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


def entregar(request: HttpRequest, archivo: Archivo, *, a_la_vista: bool = False) -> HttpResponseBase:
    """Respuesta 200, 206, 304 o 416 con el contenido. Lanza `FileNotFoundError` si falta en disco."""
    etiqueta = f'"{archivo.huella}"'
    conocidas = {e.removeprefix("W/") for e in parse_etags(request.headers.get("If-None-Match", ""))}
    if conocidas & {etiqueta, "*"}:
        return _con_cabeceras(HttpResponseNotModified(), archivo, a_la_vista)
    vigente = request.headers.get("If-Range", etiqueta) == etiqueta
    rango = _rango(request.headers.get("Range", "")) if vigente else None
    if rango is None:
        respuesta: HttpResponseBase = FileResponse(almacen.abrir(archivo))
        respuesta["Content-Length"] = str(archivo.tamano)
    else:
        respuesta = _parte(archivo, *rango)
    return _con_cabeceras(respuesta, archivo, a_la_vista)


def _rango(cabecera: str) -> tuple[str, str] | None:
    """Los dos extremos de un rango, o None si no lo es o está al revés: entonces se ignora."""
    hallado = _RANGO.fullmatch(cabecera)
    desde, hasta = hallado.groups() if hallado else ("", "")
    al_reves = bool(desde and hasta) and int(desde) > int(hasta)
    return None if al_reves or desde == hasta == "" else (desde, hasta)


def _parte(archivo: Archivo, desde: str, hasta: str) -> HttpResponseBase:
    """Un solo rango de bytes (RFC 9110 §14); fuera del archivo, 416."""
    ultimo = archivo.tamano - 1
    inicio = int(desde) if desde else max(0, archivo.tamano - int(hasta))
    fin = min(int(hasta), ultimo) if desde and hasta else ultimo
    if inicio > fin:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{archivo.tamano}"})
    abierto = almacen.abrir(archivo)
    abierto.seek(inicio)
    respuesta = StreamingHttpResponse(_bloques(abierto, fin - inicio + 1), status=206)
    respuesta["Content-Range"] = f"bytes {inicio}-{fin}/{archivo.tamano}"
    respuesta["Content-Length"] = str(fin - inicio + 1)
    return respuesta


def _bloques(abierto: BinaryIO, cuantos: int) -> Iterator[bytes]:
    """Lee `cuantos` bytes y cierra."""
    with abierto:
        while cuantos > 0 and (bloque := abierto.read(min(BLOQUE, cuantos))):
            cuantos -= len(bloque)
            yield bloque


def _con_cabeceras(respuesta: HttpResponseBase, archivo: Archivo, a_la_vista: bool) -> HttpResponseBase:
    """Tipo de nuestra tabla, nombre seguro, encierro y caché privada que siempre pregunta."""
    tipo = POR_MIME.get(archivo.tipo)
    dentro = a_la_vista and tipo is not None and tipo.a_la_vista
    es_pdf = archivo.tipo == "application/pdf"
    respuesta["Content-Type"] = archivo.tipo
    respuesta["Content-Disposition"] = content_disposition_header(not dentro, archivo.nombre) or "attachment"
    respuesta["Content-Security-Policy"] = ENCIERRO_PDF if dentro and es_pdf else ENCIERRO
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["Cache-Control"] = "private, no-cache"
    respuesta["ETag"] = f'"{archivo.huella}"'
    respuesta["Accept-Ranges"] = "bytes"
    return respuesta
