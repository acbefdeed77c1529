"""El informe de un corte en papel: portada, un compromiso tras otro, totales, diferencias y huella."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify

from ejes.cortes.comparar import Comparacion
from ejes.cortes.cuadro import Cuadro
from stl_portal.documentos.qr import qr_svg
from stl_portal.sello.canonico import huella


def nombre(cuadro: Cuadro) -> str:
    """«informe-1-2022-2024.pdf»."""
    return slugify(f"informe-{cuadro.corte['numero']}-{cuadro.plan['clave']}") + ".pdf"


def informe(
    cuadro: Cuadro,
    documento: bytes,
    cuando: dt.datetime,
    *,
    contra: Sequence[Comparacion] = (),
    borrador: bool = False,
) -> bytes:
    """El PDF compuesto en ese momento, con sus datos dentro; lo mismo da siempre los mismos bytes.

    `contra` son las comparaciones que imprime: sus cortes previos ya están en el documento por su huella.
    """
    clave = f"informe:{huella(documento)}:{cuando.isoformat()}:{borrador}"
    contenido: bytes | None = cache.get(clave)
    if contenido is None:
        contexto = _contexto(cuadro, documento) | {"contra": contra, "borrador": borrador}
        contenido = _producir(cuadro, documento, cuando, contexto)
        cache.set(clave, contenido, timeout=3600)
    return contenido


def _producir(cuadro: Cuadro, documento: bytes, cuando: dt.datetime, contexto: dict[str, Any]) -> bytes:
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    titulo: str = contexto["titulo"]
    return pdf.producir(
        render_to_string("documentos/ejes/informe.html", contexto),
        titulo=titulo,
        autor=cuadro.plan["organo"],
        asunto=f"{titulo}: avance declarado y calculado",
        fecha=cuando,
        adjuntos=[pdf.Adjunto("corte.json", documento, "El corte como datos (RFC 8785)")],
        marca="BORRADOR" if contexto["borrador"] else None,
    ).contenido


def _contexto(cuadro: Cuadro, documento: bytes) -> dict[str, Any]:
    titulo = f"{cuadro.corte['nombre']} del {cuadro.plan['nombre']}"
    camino = reverse("ejes:informe", args=(cuadro.plan["clave"], cuadro.corte["numero"]))
    direccion = urljoin(settings.SITIO, camino)
    sede = "Órgano ficticio: datos de demostración" if cuadro.plan["ficticio"] else ""
    return {
        "titulo": titulo,
        "documento": cuadro.corte["nombre"],
        "organo": {"nombre": cuadro.plan["organo"], "sede": sede},
        "cuadro": cuadro,
        "huella": huella(documento),
        "direccion": direccion,
        "sitio": settings.SITIO.rstrip("/"),
        "qr": qr_svg(direccion, titulo="Código QR que lleva a este informe en el portal"),
    }
