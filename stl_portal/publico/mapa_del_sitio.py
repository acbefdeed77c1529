"""El mapa del sitio para los buscadores, y lo que se les pide: qué páginas públicas hay y dónde.

`/sitemap.xml` es el índice y lista partes de hasta `POR_PARTE` direcciones; cada aplicación apunta sus
páginas en `SITIO` (`registro.py`). Un índice cuesta una consulta por clase de página; una parte, una sola.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.core.paginator import EmptyPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from stl_portal.avisos.envio import liga

from .registro import SITIO, Direccion, Tramo, apuntar

POR_PARTE = 10_000  # el protocolo admite 50 000 y 50 MB
ESPACIO = "http://www.sitemaps.org/schemas/sitemap/0.9"
XML = "application/xml; charset=utf-8"
TEXTO = "text/plain; charset=utf-8"
SEGURIDAD = ".well-known/security.txt"
VIGENCIA = dt.timedelta(days=180)  # de `security.txt`: su norma pide que no pase de un año


def direcciones() -> Iterator[Direccion]:
    """Todas las páginas públicas, en el orden del mapa, sin tenerlas juntas en memoria."""
    for tramo in SITIO:
        for parte in _paginador(tramo):
            yield from map(tramo.direccion, parte.object_list)


def fijas(clave: str, *nombres: str) -> Tramo:
    """Páginas que siempre están, por el nombre de su dirección; de ellas no consta cuándo cambiaron."""
    return Tramo(clave, lambda: nombres, lambda nombre: Direccion(reverse(nombre)))


@require_safe
def indice(request: HttpRequest) -> HttpResponse:
    """Las partes que hay; una clase sin páginas no tiene ninguna."""
    partes = [
        {"loc": liga(reverse("parte_del_mapa", args=(tramo.clave, numero)))}
        for tramo in SITIO
        for numero in range(1, _paginador(tramo).num_pages + 1)
    ]
    return _xml("sitemapindex", "sitemap", partes)


@require_safe
def parte(request: HttpRequest, clave: str, numero: int) -> HttpResponse:
    """Las direcciones de una parte. `Http404` si no hay esa clase de página o no llega a tantas."""
    tramo = next((t for t in SITIO if t.clave == clave), None)
    if tramo is None:
        raise Http404("Ese mapa no existe.")
    try:
        filas = _paginador(tramo).page(numero).object_list
    except EmptyPage as error:
        raise Http404("El mapa no llega a tantas partes.") from error
    return _xml("urlset", "url", [_renglon(tramo.direccion(fila)) for fila in filas])


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Qué se les pide a los buscadores: todo lo público, menos las búsquedas, que no tienen fin.

    Lo privado no se nombra: pide entrar y no hace falta anunciar dónde está. La demostración no se indexa.
    """
    vedado = "/" if settings.DEMO else "/buscar/"
    mapa = liga(reverse("mapa_del_sitio"))
    return HttpResponse(f"User-agent: *\nDisallow: {vedado}\n\nSitemap: {mapa}\n", content_type=TEXTO)


@require_safe
def seguridad(request: HttpRequest) -> HttpResponse:
    """A quién se avisa de una falla de seguridad (RFC 9116); sin `CONTACTO_DE_SEGURIDAD`, no existe."""
    vence = (timezone.now() + VIGENCIA).replace(hour=0, minute=0, second=0, microsecond=0)
    renglones = (
        f"Contact: {settings.CONTACTO_DE_SEGURIDAD}",
        f"Expires: {vence.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: es",
        f"Canonical: {liga(f'/{SEGURIDAD}')}",
    )
    return HttpResponse("\n".join(renglones) + "\n", content_type=TEXTO)


TEXTOS = fijas(
    "textos", "inicio", "calendario:inicio", "novedades:inicio", "ayuda", "accesibilidad", "privacidad"
)


def registrar() -> None:
    """Se llama desde `PublicoConfig.ready()`; repetirlo no duplica nada."""
    apuntar(SITIO, TEXTOS)


def _paginador(tramo: Tramo) -> "Paginator[Any]":
    return Paginator(tramo.filas(), POR_PARTE, allow_empty_first_page=False)


def _renglon(direccion: Direccion) -> dict[str, str]:
    """Lo que el protocolo lleva de cada página; un instante se dice en la hora del centro de México."""
    cambio = direccion.modificada
    if isinstance(cambio, dt.datetime):
        cambio = timezone.localtime(cambio).replace(microsecond=0)
    fecha = {"lastmod": cambio.isoformat()} if cambio else {}
    return {"loc": liga(direccion.url), **fecha}


def _xml(raiz: str, nombre: str, renglones: Iterable[dict[str, str]]) -> HttpResponse:
    respuesta = HttpResponse(content_type=XML)
    xml = SimplerXMLGenerator(respuesta, "utf-8")
    xml.startDocument()
    xml.startElement(raiz, AttributesImpl({"xmlns": ESPACIO}))
    for renglon in renglones:
        xml.startElement(nombre, AttributesImpl({}))
        for etiqueta, texto in renglon.items():
            xml.addQuickElement(etiqueta, texto)
        xml.endElement(nombre)
    xml.endElement(raiz)
    xml.endDocument()
    return respuesta
