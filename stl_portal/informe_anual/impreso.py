"""El informe en papel: portada, índice con sus páginas y, uno tras otro, sus apartados."""

import datetime as dt
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse

from stl_portal.documentos.qr import qr_svg
from stl_portal.sello.canonico import huella

from .documento import Leido, leer


def nombre(clave: str) -> str:
    """«informe-anual-stl-2026.pdf»."""
    return f"informe-anual-{clave}.pdf"


def imprimir(documento: bytes, cuando: dt.datetime, *, borrador: bool = False) -> bytes:
    """El PDF compuesto en ese momento, con sus datos dentro; lo mismo da siempre los mismos bytes."""
    clave = f"informe-anual:{huella(documento)}:{cuando.isoformat()}:{borrador}"
    contenido: bytes | None = cache.get(clave)
    if contenido is None:
        contenido = _producir(documento, cuando, borrador=borrador)
        cache.set(clave, contenido, timeout=3600)
    return contenido


def _producir(documento: bytes, cuando: dt.datetime, *, borrador: bool) -> bytes:
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    leido = leer(documento)
    contexto = _contexto(leido, huella(documento)) | {"borrador": borrador}
    return pdf.producir(
        render_to_string("documentos/informe_anual/informe.html", contexto),
        titulo=contexto["titulo"],
        autor=leido.organo,
        asunto=f"Actividades {leido.periodo}",
        fecha=cuando,
        adjuntos=[pdf.Adjunto("informe.json", documento, "El informe como datos (RFC 8785)")],
        marca="BORRADOR" if borrador else None,
    ).contenido


def _contexto(leido: Leido, suma: str) -> dict[str, Any]:
    direccion = urljoin(settings.SITIO, reverse("informes_anuales:informe", args=(leido.clave,)))
    sede = "Órgano ficticio: datos de demostración" if leido.ficticio else ""
    return {
        "titulo": f"{leido.titulo}, {leido.organo}",
        "documento": leido.titulo,
        "organo": {"nombre": leido.organo, "sede": sede},
        "leido": leido,
        "huella": suma,
        "direccion": direccion,
        "sitio": settings.SITIO.rstrip("/"),
        "qr": qr_svg(direccion, titulo="Código QR que lleva a este informe en el portal"),
    }
