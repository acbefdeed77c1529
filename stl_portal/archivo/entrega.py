"""Entrega de un archivo por HTTP: por partes, con su huella como versión y encerrado en el navegador."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.http.response import StreamingHttpResponse
from django.utils.http import content_disposition_header, parse_etags

from stl_portal.cabeceras import SIEMPRE_PREGUNTA

from . import deposito, derivados
from .models import Archivo
from .tipos import POR_MIME

BLOQUE = 64 * 1024
# También lo público pregunta cada vez: puede retirarse, y la respuesta a quien ya lo tiene no pesa.
PARA_TODOS, SOLO_SUYO = SIEMPRE_PREGUNTA, "private, no-cache"
ENCIERRO = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Con `sandbox` el visor de PDF de Chromium no abre; la inspección ya rechazó los PDF con código.
ENCIERRO_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'self'"
# El navegador abre un video o un audio con un reproductor suyo, que pide el mismo archivo.
ENCIERRO_MEDIOS = "default-src 'none'; media-src 'self'; frame-ancestors 'none'; sandbox"
_ENCIERROS = {
    "application/pdf": ENCIERRO_PDF,
    "video/mp4": ENCIERRO_MEDIOS,
    "audio/mpeg": ENCIERRO_MEDIOS,
}
_RANGO = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")


@dataclass(frozen=True)
class Contenido:
    """Los bytes que se entregan: el original o la copia limpia de una imagen que se muestra o se publica."""

    nombre: str  # con que está en el depósito
    tamano: int
    etiqueta: str


def entregar(
    request: HttpRequest, archivo: Archivo, *, a_la_vista: bool = False, publico: bool = False
) -> HttpResponseBase:
    """Respuesta 200, 206, 304 o 416 con el contenido.

    `a_la_vista` pide abrirlo en el navegador; solo vale para lo que este sabe abrir. `publico` deja que lo
    guarden otros en el camino, que preguntan antes de volver a servirlo, y de una imagen entrega la copia
    sin metadatos: quien la tomó no publica dónde estaba. Lanza `FileNotFoundError` si falta en
    el depósito y `ArchivoRechazado` si la imagen no se pudo reescribir.
    """
    tipo = POR_MIME.get(archivo.tipo)
    a_la_vista = a_la_vista and tipo is not None and tipo.a_la_vista
    contenido = _contenido(archivo, limpia=a_la_vista or publico)
    respuesta = _con_cabeceras(_responder(request, contenido), archivo, contenido, a_la_vista)
    respuesta["Cache-Control"] = PARA_TODOS if publico else SOLO_SUYO
    return respuesta


def entregar_derivado(
    request: HttpRequest, nombre: str, etiqueta: str, mime: str, *, publico: bool
) -> HttpResponseBase:
    """Respuesta 200, 206, 304 o 416 con algo hecho de un archivo, que se ve en la página."""
    respuesta = _responder(request, Contenido(nombre, deposito.actual().size(nombre), etiqueta))
    respuesta["Content-Type"], respuesta["ETag"] = mime, etiqueta
    respuesta["Content-Security-Policy"], respuesta["X-Content-Type-Options"] = ENCIERRO, "nosniff"
    respuesta["Cache-Control"] = PARA_TODOS if publico else SOLO_SUYO
    return respuesta


def se_limpia(archivo: Archivo) -> bool:
    """Si a cualquiera se le entrega una copia sin metadatos: toda imagen recibida de alguien.

    La copia pública que hizo el portal ya no los trae, y sus bytes son los que constan en el registro.
    """
    return archivo.tipo.startswith("image/") and not archivo.copia_de.exists()


def _contenido(archivo: Archivo, *, limpia: bool) -> Contenido:
    """Qué bytes tocan. Lanza `FileNotFoundError`."""
    if limpia and se_limpia(archivo):
        nombre, etiqueta = derivados.copia_limpia(archivo), f'"{archivo.huella}-limpia"'
    else:
        nombre, etiqueta = archivo.ruta, f'"{archivo.huella}"'
    return Contenido(nombre, deposito.actual().size(nombre), etiqueta)


def _responder(request: HttpRequest, contenido: Contenido) -> HttpResponseBase:
    """Nada, si ya lo tiene; una parte, si la pidió; o todo.

    Con `ENTREGA_INTERNA` lo envía el servidor de enfrente (X-Accel-Redirect), que atiende las partes.
    """
    conocidas = {e.removeprefix("W/") for e in parse_etags(request.headers.get("If-None-Match", ""))}
    if conocidas & {contenido.etiqueta, "*"}:
        return HttpResponseNotModified()
    if settings.ENTREGA_INTERNA:
        return HttpResponse(headers={"X-Accel-Redirect": f"{settings.ENTREGA_INTERNA}{contenido.nombre}"})
    vigente = request.headers.get("If-Range", contenido.etiqueta) == contenido.etiqueta
    rango = _rango(request.headers.get("Range", "")) if vigente else None
    if rango is not None:
        return _parte(contenido, *rango)
    abierto = deposito.actual().abrir(contenido.nombre)
    return FileResponse(abierto, headers={"Content-Length": str(contenido.tamano)})


def _rango(cabecera: str) -> tuple[str, str] | None:
    """Los dos extremos de un rango, o None si no lo es o está al revés: entonces se ignora."""
    hallado = _RANGO.fullmatch(cabecera)
    desde, hasta = hallado.groups() if hallado else ("", "")
    al_reves = bool(desde and hasta) and int(desde) > int(hasta)
    return None if al_reves or desde == hasta == "" else (desde, hasta)


def _parte(contenido: Contenido, desde: str, hasta: str) -> HttpResponseBase:
    """Un solo rango de bytes (RFC 9110 §14); fuera del archivo, 416."""
    ultimo = contenido.tamano - 1
    inicio = int(desde) if desde else max(0, contenido.tamano - int(hasta))
    fin = min(int(hasta), ultimo) if desde and hasta else ultimo
    if inicio > fin:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{contenido.tamano}"})
    cuantos = fin - inicio + 1
    cabeceras = {
        "Content-Range": f"bytes {inicio}-{fin}/{contenido.tamano}",
        "Content-Length": str(cuantos),
    }
    return StreamingHttpResponse(_bloques(contenido.nombre, inicio, cuantos), status=206, headers=cabeceras)


def _bloques(nombre: str, inicio: int, cuantos: int) -> Iterator[bytes]:
    """Abre al empezar a enviarse: si nadie lo lee, no queda nada abierto."""
    with deposito.actual().abrir(nombre) as abierto:
        abierto.seek(inicio)
        while cuantos > 0 and (bloque := abierto.read(min(BLOQUE, cuantos))):
            cuantos -= len(bloque)
            yield bloque


def _con_cabeceras(
    respuesta: HttpResponseBase, archivo: Archivo, contenido: Contenido, a_la_vista: bool
) -> HttpResponseBase:
    """Tipo de nuestra tabla, nombre seguro, encierro y etiqueta."""
    respuesta["Content-Type"] = archivo.tipo
    respuesta["Content-Disposition"] = (
        content_disposition_header(not a_la_vista, archivo.nombre) or "attachment"
    )
    respuesta["Content-Security-Policy"] = _ENCIERROS.get(archivo.tipo, ENCIERRO) if a_la_vista else ENCIERRO
    respuesta["X-Content-Type-Options"] = "nosniff"
    respuesta["ETag"] = contenido.etiqueta
    respuesta["Accept-Ranges"] = "bytes"
    return respuesta
