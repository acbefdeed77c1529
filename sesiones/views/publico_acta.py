"""El acta publicada, para cualquiera: en la página y como se firmó (PDF), como datos (JSON) y en XML.

Todo sale de `publica.lo_publico`: los originales o, si llevan datos personales, su versión pública; ninguna
otra fila decide lo que se lee y aquí nunca se compone un PDF. Quien ya lo tiene siempre pregunta: un dato
que se testa después deja de entregarse al momento.
"""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date
from django.views.decorators.http import conditional_page, require_safe

from sesiones import permisos, publica
from sesiones.acta import vida
from sesiones.estados import ACTA_PUBLICA
from sesiones.models import Sello
from sesiones.publica import Publico
from sesiones.views.actas import hoja_de
from stl_portal.cabeceras import SIEMPRE_PREGUNTA
from stl_portal.versiones import entero


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
    publico, tachador = publica.lo_publico(sello), publica.tachador_de_todas(sello)
    contexto: dict[str, Any] = hoja_de(publico.contenido) | {
        "publico": publico,
        "sello": sello,
        "acta": publica.tachar(sello.acta, tachador),
        "sesion": sello.acta.sesion,
        "organo": sello.acta.sesion.organo,
        "firmas": publica.hoja_sin_datos(vida.hoja_de(sello), tachador),
        "anterior": otras.get(sello.acta.version - 1),
        "vigente": otras[max(otras)] if siguiente else None,
        "motivo_de_la_siguiente": publica.motivo_de(siguiente) if siguiente else "",
        "expide": permisos.puede_conducir(request.user, sello.acta.sesion.organo, timezone.localdate()),
        "consulta": f"?version={sello.acta.version}" if siguiente else "",
    }
    respuesta = render(request, "sesiones/publico/acta.html", contexto)
    respuesta["Last-Modified"] = _fecha(max(publico.desde, (siguiente or sello).publicacion.publicada_el))
    return respuesta


@require_safe
def acta_pdf(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """Lleva al PDF público, cuya dirección dice su huella: esa la entrega sola el servidor de enfrente."""
    publico = publica.lo_publico(pedido(request, organo, sesion))
    return _con_cache(redirect(publico.pdf.a_la_vista), publico)


@require_safe
def acta_json(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """Los bytes canónicos: los sellados, de los que sale la huella, o los de la versión pública."""
    publico = publica.lo_publico(pedido(request, organo, sesion))
    return _bytes(request, publico, publico.documento, "json", "application/json")


@require_safe
def acta_xml(request: HttpRequest, organo: str, sesion: str) -> HttpResponseBase:
    """El acta en Akoma Ntoso 3.0."""
    publico = publica.lo_publico(pedido(request, organo, sesion))
    return _bytes(request, publico, publico.xml, "xml", "application/xml")


def _bytes(
    request: HttpRequest, publico: Publico, contenido: bytes, clase: str, tipo: str
) -> HttpResponseBase:
    """Lo guardado, con un nombre que diga qué es."""
    etiqueta = f"{publico.huella}-{clase}"
    respuesta = _conocido(request, publico, etiqueta)
    if respuesta is None:
        respuesta = HttpResponse(contenido, content_type=tipo)
        nombre = publico.pdf.nombre.removesuffix(".pdf")
        respuesta["Content-Disposition"] = content_disposition_header(False, f"{nombre}.{clase}") or "inline"
        respuesta["ETag"] = f'"{etiqueta}"'
    return _con_cache(respuesta, publico)


def _conocido(request: HttpRequest, publico: Publico, etiqueta: str) -> HttpResponseBase | None:
    """304 si quien pide ya lo tiene; None si hay que mandarlo."""
    desde = int(publico.desde.timestamp())
    return get_conditional_response(request, etag=f'"{etiqueta}"', last_modified=desde)


def _con_cache(respuesta: HttpResponseBase, publico: Publico) -> HttpResponseBase:
    """Siempre pregunta: puede llegar una fe de erratas o testarse otro dato."""
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    respuesta["Last-Modified"] = _fecha(publico.desde)
    return respuesta


def _fecha(instante: dt.datetime) -> str:
    return http_date(instante.timestamp())
