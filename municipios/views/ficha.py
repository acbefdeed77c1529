"""La página de un municipio y su ficha en PDF. Solo muestran lo que el portal sabe y ya es público."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from municipios.ciudadania import ficha, impreso, publicados
from municipios.ciudadania.ficha import Momento
from municipios.models import Municipio
from municipios.views.publico import MIGA
from sesiones.views.publico_acta import SIEMPRE_PREGUNTA


@require_safe
def detalle(request: HttpRequest, clave: str) -> HttpResponse:
    """Un municipio: su avance etapa por etapa, su historia, su secretariado y lo que de él se mide."""
    municipio, momentos, organo = _pedido(request, clave)
    hoy = timezone.localdate()
    contexto: dict[str, Any] = {
        "municipio": municipio,
        "organo": organo,
        "organo_en_la_liga": ficha.en_la_liga(organo) if organo else "",
        "ultimo": momentos[0] if momentos else None,
        "momentos": momentos,
        "secretariados": ficha.secretariados(municipio, hoy),
        "asientos": ficha.asientos_en_otros(municipio, hoy),
        "capacitaciones": ficha.capacitaciones(municipio),
        "metricas": ficha.metricas(municipio),
        "migas": [MIGA],
    }
    return render(request, "municipios/detalle.html", contexto)


@require_safe
def ficha_pdf(request: HttpRequest, clave: str) -> HttpResponseBase:
    """La ficha de una página; lo mismo da siempre los mismos bytes, y se compone una sola vez."""
    municipio, momentos, _ = _pedido(request, clave)
    hoja = impreso.hoja_de(municipio, momentos[0] if momentos else None, timezone.localdate())
    respuesta = get_conditional_response(request, etag=f'"{hoja.huella}"')
    if respuesta is None:
        respuesta = HttpResponse(impreso.ficha(hoja), content_type="application/pdf")
        nombre = impreso.nombre(municipio)
        respuesta["Content-Disposition"] = content_disposition_header(False, nombre) or "inline"
        respuesta["ETag"] = f'"{hoja.huella}"'
    respuesta["Cache-Control"] = SIEMPRE_PREGUNTA
    return respuesta


def _pedido(request: HttpRequest, clave: str) -> tuple[Municipio, Sequence[Momento], Any]:
    """El municipio, su historia en el seguimiento de `?organo=` (o el primero) y ese órgano, si lo hay."""
    municipio = get_object_or_404(Municipio, clave=clave)
    seguimiento = publicados.elegir(publicados.seguimientos(), request.GET.get("organo", ""))
    if seguimiento is None:
        return municipio, [], None
    return municipio, ficha.historia(municipio, seguimiento), seguimiento.organo
