"""Pedir una dirección como lo haría cualquiera, sin red: la respuesta es la que el portal daría."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory

from stl_portal.archivo import almacen

BLOQUE = 256 * 1024


class Visitante:
    """Alguien que no ha entrado y no trae galletas.

    Cada petición dice venir de otra dirección de esta misma máquina: los límites de insistencia son para
    quien pregunta desde fuera.
    """

    def __init__(self) -> None:
        """Arma el portal una sola vez."""
        self._portal = BaseHandler()
        self._portal.load_middleware()
        self._turno = count(1)

    @contextmanager
    def pedir(self, direccion: str) -> Iterator[HttpResponseBase]:
        """La respuesta, abierta mientras se lee.

        Al cerrarla no se avisa a quien cierra la conexión a la base: es de la orden, no de cada página.
        """
        respuesta = self._portal.get_response(self._pedido(direccion))
        try:
            yield respuesta
        finally:
            request_finished.disconnect(close_old_connections)
            respuesta.close()
            request_finished.connect(close_old_connections)

    def _pedido(self, direccion: str) -> WSGIRequest:
        turno = next(self._turno)
        quien = f"127.{turno >> 16 & 255}.{turno >> 8 & 255}.{turno & 255}"
        sitio = urlsplit(settings.SITIO)
        return RequestFactory().get(
            direccion,
            secure=sitio.scheme == "https",
            headers={"host": sitio.netloc, "x-forwarded-for": quien},
            REMOTE_ADDR=quien,
        )


def contenido(respuesta: HttpResponseBase) -> Iterator[bytes]:
    """El cuerpo, por bloques; el que enviaría el servidor de enfrente se lee de donde él lo leería."""
    interno = respuesta.headers.get("X-Accel-Redirect", "")
    if interno:
        yield from _del_almacen(almacen.raiz() / interno.removeprefix(settings.ENTREGA_INTERNA))
    elif isinstance(respuesta, StreamingHttpResponse):
        yield from respuesta
    else:
        yield respuesta.content  # type: ignore[attr-defined]  # lo que no va por bloques trae contenido


def _del_almacen(ruta: Path) -> Iterator[bytes]:
    with ruta.open("rb") as abierto:
        while bloque := abierto.read(BLOQUE):
            yield bloque
