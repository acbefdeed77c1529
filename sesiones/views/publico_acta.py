"""El acta publicada, para cualquiera: en la página y como se firmó (PDF), como datos (JSON) y en XML.

Todo sale del sello: ninguna otra fila decide lo que se lee y aquí nunca se compone un PDF. Los bytes de
una versión no cambian jamás; la dirección sin versión da la vigente y por eso siempre pregunta.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import conditional_page, require_safe

from sesiones.acta import vida
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Sello
from sesiones.views.actas import hoja_sellada
from stl_portal.archivo.entrega import entregar
from stl_portal.versiones import entero

PARA_SIEMPRE = "public, max-age=31536000, immutable"
SIEMPRE_PREGUNTA = "public, no-cache"


def publicados(organo: str, sesion: str) -> QuerySet[Sello]:
    """Las versiones publicadas del acta de esa sesión, de la primera a la última."""
    filas = Sello.objects.filter(
        acta__sesion__organo__clave=organo, acta__sesion__clave=sesion, acta__estado__in=ACTA_PUBLICA
    )
    return filas.select_related("acta__sesion__organo", "publicacion__pdf").order_by("acta__version")


def pedido(request: HttpRequest, organo: str, sesion: str) -> Sello:
    """La versión de `?version=` o, sin pedirla, la última publicada. `Http404` si no la hay."""
    filas = publicados(organo, sesion)
    version = request.GET.get("version")
    sello = filas.last() if version is None else filas.filter(acta__version=entero(version)).first()
    if sello is None:
        raise Http404("Esa acta no se ha publicado.")
    return sello


@conditional_page
@require_safe
def acta(request: HttpRequest, organo: str, sesion: str) -> HttpResponse:
    """El acta como página: su texto, quién firmó y de qué modo, y cómo comprobarla."""
    sello = pedido(request, organo, sesion)
    otras = {fila.acta.version: fila for fila in publicados(organo, sesion).defer("documento", "xml")}
    siguiente = otras.get(sello.acta.version + 1)
    contexto: dict[str, Any] = hoja_sellada(sello) | {
        "sello": sello,
        "acta": sello.acta,
        "sesion": sello.acta.sesion,
        "organo": sello.acta.sesion.organo,
        "firmas": vida.hoja_de(sello),
        "anterior": otras.get(sello.acta.version - 1),
        "vigente": otras[max(otras)] if siguiente else None,
        "motivo_de_la_siguiente": siguiente.acta.motivo if siguiente else "",
        "consulta": f"?version={sello.acta.version}" if siguiente else "",
    }
    respuesta = render(request, "sesiones/publico/acta.html", contexto)
    respuesta["Last-Modified"] = _fecha((siguiente or sello).publicacion.publicada_el)
    return respuesta


@require_safe
def acta_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """El PDF cerrado con el sello del órgano, byte por byte."""
    sello = pedido(request, organo, sesion)
    archivo = sello.publicacion.pdf
    respuesta = _conocido(request, sello, archivo.huella)
    try:
        respuesta = respuesta or entregar(request, archivo, a_la_vista=True, publico=True)
    except FileNotFoundError as error:
        raise Http404("El archivo no está en el almacén.") from error
    return _con_cache(request, respuesta, sello)


@require_safe
def acta_json(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """Los bytes canónicos de los que sale la huella."""
    sello = pedido(request, organo, sesion)
    return _bytes(request, sello, bytes(sello.documento), "json", "application/json")


@require_safe
def acta_xml(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """El acta en Akoma Ntoso 3.0."""
    sello = pedido(request, organo, sesion)
    return _bytes(request, sello, bytes(sello.xml), "xml", "application/xml")


def _bytes(request: HttpRequest, sello: Sello, contenido: bytes, clase: str, tipo: str) -> HttpResponseBase:
    """Lo guardado, con un nombre que diga qué es."""
    etiqueta = f"{sello.huella}-{clase}"
    respuesta = _conocido(request, sello, etiqueta)
    if respuesta is None:
        respuesta = HttpResponse(contenido, content_type=tipo)
        nombre = sello.publicacion.pdf.nombre.removesuffix(".pdf")
        respuesta["Content-Disposition"] = content_disposition_header(False, f"{nombre}.{clase}") or "inline"
        respuesta["ETag"] = f'"{etiqueta}"'
    return _con_cache(request, respuesta, sello)


def _conocido(request: HttpRequest, sello: Sello, etiqueta: str) -> HttpResponseBase | None:
    """304 si quien pide ya lo tiene; None si hay que mandarlo."""
    publicada = int(sello.publicacion.publicada_el.timestamp())
    return get_conditional_response(request, etag=f'"{etiqueta}"', last_modified=publicada)


def _con_cache(request: HttpRequest, respuesta: HttpResponseBase, sello: Sello) -> HttpResponseBase:
    """Con versión en la dirección no cambia nunca; sin ella, puede haber una fe de erratas."""
    respuesta["Cache-Control"] = PARA_SIEMPRE if "version" in request.GET else SIEMPRE_PREGUNTA
    respuesta["Last-Modified"] = _fecha(sello.publicacion.publicada_el)
    return respuesta


def _fecha(instante: dt.datetime) -> str:
    return http_date(instante.timestamp())
