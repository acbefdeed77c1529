"""Páginas públicas que se entregan ya compuestas a quien no ha entrado; va primero en la cadena.

Solo se guarda lo que se apuntó en `GUARDABLES` y respondió 200 sin dejar galletas, pedido por alguien que no
trae ninguna del portal; se entrega mientras la edición de lo público, el día y la vigencia sean los mismos.
La clave es la dirección tal cual: con un parámetro que la página no lee, no se guarda.

Lo guardado es la respuesta entera, con sus cabeceras de seguridad; a quien ya la tiene se le contesta 304
sin componer nada. Su etiqueta resume los bytes: publicar otra cosa no obliga a bajar otra vez esta página.
"""

import datetime as dt
import gzip
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from http import HTTPStatus
from time import time
from typing import Any, ClassVar

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.galletas import DeMensajes
from stl_portal.observa.anotar import nombre_de
from stl_portal.observa.peticion import anotar_ruta

from . import edicion
from .compresion import admite_gzip
from .memoria import Memoria
from .parametros import declarar

VIGENCIA = 60.0  # segundos; cura lo que se escriba en la base sin que el portal se entere
CONSULTA_MAXIMA = 200  # caracteres de la dirección después del «?»
SE_GUARDAN = (200, 301, 302)
# Quien lee siempre pregunta si cambió. nginx la repite un segundo; el siguiente, mientras pregunta, da la que
# tiene: nadie espera. Pasados los dos, primero pregunta: lo que nadie visitó en días no sale viejo.
DE_TODOS = "public, max-age=0, s-maxage=1, stale-while-revalidate=1"
CONDICIONES = (
    *("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"),
    *("HTTP_RANGE", "HTTP_IF_RANGE"),
)
_TEXTO = re.compile(r"text/|application/([a-z.]+\+)?(json|xml)|image/svg")

# Qué direcciones se guardan, por su nombre, y qué parámetros lee cada una.
GUARDABLES: dict[str, frozenset[str]] = {}


def apuntar(nombres: str, *parametros: str, filtran: str = "") -> None:
    """Apunta direcciones, separadas por espacios; se llama desde `ready()` de quien las sirve.

    `parametros` son los que hacen otra página y `filtran`, también separados por espacios, los que buscan,
    filtran u ordenan la misma. Con cualquiera de ellos se guarda; con otro, no.
    """
    declarar(nombres, *parametros)
    GUARDABLES.update(dict.fromkeys(nombres.split(), frozenset((*parametros, *filtran.split()))))


@dataclass(frozen=True)
class Guardada:
    """Una respuesta compuesta, tal como se entrega."""

    edicion: str
    desde: float  # segundos del reloj de la máquina
    hasta: float
    estado: int
    etiqueta: str
    cabeceras: ResponseHeaders  # nadie las cambia después: esto es lo último de la cadena
    cuerpo: bytes
    cabeceras_comprimido: ResponseHeaders
    comprimido: bytes
    ruta: str = ""  # el nombre de su dirección, para los registros

    @property
    def tamano(self) -> int:
        """Bytes que ocupa, con lo que pesan sus cabeceras."""
        return 2048 + len(self.cuerpo) + len(self.comprimido)

    @property
    def linea(self) -> str:
        """El estado como lo escribe HTTP: «200 OK»."""
        return f"{self.estado} {HTTPStatus(self.estado).phrase}"

    def sirve(self, edicion: str) -> bool:
        """Si todavía es lo que se compondría."""
        return self.edicion == edicion and self.desde <= time() < self.hasta

    def para(self, meta: Mapping[str, Any]) -> tuple[ResponseHeaders, bytes]:
        """Las cabeceras y el cuerpo, comprimido si quien pide lo admite."""
        if self.comprimido and admite_gzip(meta.get("HTTP_ACCEPT_ENCODING", "")):
            return self.cabeceras_comprimido, self.comprimido
        return self.cabeceras, self.cuerpo


class PaginasGuardadas:
    """La caché de páginas de este proceso.

    Lo pedido con parámetros va aparte: quien los inventa solo desaloja a otros que también los traen.
    """

    _ultima: ClassVar["PaginasGuardadas"]

    def __init__(self, siguiente: Callable[[HttpRequest], HttpResponse]) -> None:
        """Recibe el resto de la cadena."""
        PaginasGuardadas._ultima = self
        self.siguiente = siguiente
        self.sencillas: Memoria[Guardada] = Memoria(settings.PAGINAS_EN_MEMORIA * 3 // 4)
        self.con_consulta: Memoria[Guardada] = Memoria(settings.PAGINAS_EN_MEMORIA // 4)
        self.de_alguien = frozenset((settings.SESSION_COOKIE_NAME, DeMensajes.cookie_name))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """La guardada si la hay y sirve; si no, la que se componga."""
        if not self._puede_haber(request):
            return self.siguiente(request)
        memoria, clave = self.memoria_de(request.META), clave_de(request.META)
        guardada = memoria.buscar(clave)
        if guardada is None and not _se_guarda(request):
            return self.siguiente(request)  # sin preguntar a la base: /salud/ contesta aunque no haya
        vigente, ahora = edicion.vigente(), timezone.now()
        if guardada is not None and guardada.sirve(vigente):
            return _entregar(request, guardada)
        if guardada is not None and not _se_guarda(request):  # la guardada ya no sirve y solo piden HEAD
            return self.siguiente(request)
        condiciones = _apartar_condiciones(request)
        request.edicion = vigente  # type: ignore[attr-defined]  # la leen los textos (textos/peticion.py)
        respuesta = self.siguiente(request)
        request.META.update(condiciones)
        if not _es_de_todos(request, respuesta):
            return respuesta
        guardada = replace(_componer(respuesta, vigente, ahora), ruta=nombre_de(request))
        memoria.guardar(clave, guardada)
        return _entregar(request, guardada)

    @classmethod
    def de_la_cadena(cls) -> "PaginasGuardadas":
        """La de la última aplicación armada en este proceso."""
        return cls._ultima

    def memoria_de(self, meta: Mapping[str, Any]) -> Memoria[Guardada]:
        """Dónde está o estaría lo que se pide."""
        return self.con_consulta if meta.get("QUERY_STRING") else self.sencillas

    def _puede_haber(self, request: HttpRequest) -> bool:
        """Quien no ha entrado y solo lee. Dentro de una transacción, lo leído puede no llegar a existir."""
        return (
            self.sencillas.tope > 0
            and request.method in ("GET", "HEAD")
            and len(request.META.get("QUERY_STRING", "")) <= CONSULTA_MAXIMA
            and self.de_alguien.isdisjoint(request.COOKIES)
            and "HTTP_AUTHORIZATION" not in request.META
            and "HTTP_HX_REQUEST" not in request.META
            and not connection.in_atomic_block
        )


def clave_de(meta: Mapping[str, Any]) -> str:
    """La dirección tal cual, con su sitio y su protocolo. Solo la ruta puede llevar espacios."""
    partes = (_protocolo(meta), meta.get("HTTP_HOST"), meta.get("QUERY_STRING"), meta["PATH_INFO"])
    return " ".join(map(str, partes))


def _protocolo(meta: Mapping[str, Any]) -> str:
    """El de `HttpRequest.scheme`, que aquí puede no haber todavía."""
    confiable: Any = getattr(settings, "SECURE_PROXY_SSL_HEADER", None)
    dicho = meta.get(confiable[0]) if confiable else None
    if dicho is None:
        return str(meta["wsgi.url_scheme"])
    return "https" if dicho.split(",", 1)[0].strip() == confiable[1] else "http"


def _se_guarda(request: HttpRequest) -> bool:
    """Si esa dirección se apuntó, y se pide entera, sin galletas y solo con parámetros que lee."""
    if request.method != "GET" or settings.CSRF_COOKIE_NAME in request.COOKIES:
        return False
    try:
        parametros = GUARDABLES.get(resolve(request.path_info).view_name)
    except Resolver404:
        return False
    pedidos = request.GET.lists()
    return parametros is not None and all(n in parametros and len(v) == 1 for n, v in pedidos)


def _apartar_condiciones(request: HttpRequest) -> dict[str, Any]:
    """Quita lo que haría contestar menos que la página entera; se vuelve a poner al entregarla."""
    return {nombre: request.META.pop(nombre) for nombre in CONDICIONES if nombre in request.META}


def _es_de_todos(request: HttpRequest, respuesta: HttpResponse) -> bool:
    """Si lo compuesto le sirve igual a cualquiera: sin galletas, sin ficha y sin reservas."""
    reservas = respuesta.headers.get("Cache-Control", "")
    return (
        respuesta.status_code in SE_GUARDAN
        and not respuesta.streaming
        and not respuesta.cookies
        and "CSRF_COOKIE" not in request.META
        and "private" not in reservas
        and "no-store" not in reservas
    )


def _componer(respuesta: HttpResponse, vigente: str, ahora: dt.datetime) -> Guardada:
    """La respuesta, con lo que hace falta para repetirla.

    La que pide preguntar siempre se repite aquí, que se sabe qué edición rige, y en ningún otro lado.
    """
    patch_vary_headers(respuesta, ("Cookie", "HX-Request", "Accept-Encoding"))
    if respuesta.headers.get("Cache-Control") != SIEMPRE_PREGUNTA:
        respuesta.headers["Cache-Control"] = DE_TODOS
    etiqueta = f'W/"{blake2b(respuesta.content, digest_size=12).hexdigest()}"'
    respuesta.headers["ETag"] = etiqueta
    cuerpo, comprimido = respuesta.content, _comprimir(respuesta)
    return Guardada(
        edicion=vigente,
        desde=ahora.timestamp(),
        hasta=min(ahora.timestamp() + VIGENCIA, _medianoche(ahora)),
        estado=respuesta.status_code,
        etiqueta=etiqueta,
        cabeceras=_cabeceras(respuesta, cuerpo),
        cuerpo=cuerpo,
        cabeceras_comprimido=_cabeceras(respuesta, comprimido, {"Content-Encoding": "gzip"}),
        comprimido=comprimido,
    )


def _medianoche(ahora: dt.datetime) -> float:
    """Cuándo empieza el día siguiente: «hoy» y «vencido» cambian con él."""
    manana = timezone.localtime(ahora).date() + dt.timedelta(days=1)
    return dt.datetime.combine(manana, dt.time.min, timezone.get_current_timezone()).timestamp()


def _cabeceras(respuesta: HttpResponse, cuerpo: bytes, mas: Mapping[str, str] = {}) -> ResponseHeaders:
    """Las de la respuesta, para ese cuerpo."""
    return ResponseHeaders({**respuesta.headers, **mas, "Content-Length": str(len(cuerpo))})


def _comprimir(respuesta: HttpResponse) -> bytes:
    """El cuerpo comprimido, si es texto y así pesa menos; vacío si no. Mismos bytes, mismo resultado."""
    if not _TEXTO.match(respuesta.headers.get("Content-Type", "")) or len(respuesta.content) < 512:
        return b""
    return gzip.compress(respuesta.content, compresslevel=6, mtime=0)


def _entregar(request: HttpRequest, guardada: Guardada) -> HttpResponseBase:
    """Lo guardado, o 304 a quien ya lo tiene."""
    anotar_ruta(guardada.ruta)
    cabeceras, cuerpo = guardada.para(request.META)
    respuesta = HttpResponse(cuerpo, content_type="", status=guardada.estado)
    respuesta.headers = cabeceras
    if request.META.keys().isdisjoint(CONDICIONES):
        return respuesta
    return get_conditional_response(request, etag=guardada.etiqueta, response=respuesta) or respuesta
