"""La versión pública del acta en PDF: se dibuja otra vez desde el documento ya testado.

La hoja de firmas no lleva espacios: dice de cada persona cómo y cuándo firmó el original.
"""

import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from sesiones.acta.bloques import FIRMAS, PERSONAS, Bloque
from sesiones.acta.documento import bloques_de
from sesiones.acta.imprenta import Original
from sesiones.models import Sello
from stl_portal.documentos.qr import qr_svg
from stl_portal.espanol import con_articulo, fecha_larga

COLUMNAS = ("Nombre", "Cargo y dependencia", "Cómo firmó el original")


def acta_publica(
    sello: Sello,
    contenido: dict[str, Any],
    canonico: bytes,
    xml: bytes,
    cuando: dt.datetime,
    *,
    marca: str = "",
) -> Original:
    """El original del PDF público; dentro viajan sus datos y su XML, también testados."""
    titulo, organo = contenido["titulo"], contenido["sesion"]["organo"]
    contexto = _contexto(sello, contenido, hashlib.sha256(canonico).hexdigest(), cuando)
    return Original(
        html=render_to_string("documentos/sesiones/version_publica.html", contexto),
        titulo=f"{titulo}, versión pública",
        nombre=_nombre(sello, contenido["version_publica"]["ordinal"]),
        sesion=sello.acta.sesion,
        datos={"organo": organo},
        renglones=contenido["renglones"],
        marca=marca,
        adjuntos=(
            ("acta.json", canonico, "La versión pública como datos (RFC 8785)"),
            ("acta.xml", xml, "La versión pública en Akoma Ntoso 3.0"),
        ),
    )


def _contexto(sello: Sello, contenido: dict[str, Any], huella: str, cuando: dt.datetime) -> dict[str, Any]:
    """Lo que dibuja la plantilla."""
    titulo, organo = contenido["titulo"], contenido["sesion"]["organo"]
    direccion = urljoin(settings.SITIO, reverse("verificar:codigo", args=(sello.codigo,)))
    sede = "Órgano ficticio: datos de demostración" if contenido["ficticio"] else ""
    return {
        "titulo": titulo,
        "documento": f"{titulo}. Versión pública",
        "organo": {"nombre": organo, "sede": sede},
        "del_organo": con_articulo(organo, "de"),
        "bloques": bloques_publicos(contenido),
        "estilo": contenido["estilo"],
        "errata": _errata(contenido),
        "version": contenido["version_publica"],
        "elaborada": fecha_larga(timezone.localdate(cuando)),
        "codigo": sello.codigo,
        "huella_original": sello.huella,
        "huella": huella,
        "punto": contenido.get("punto_de_control"),
        "direccion": direccion,
        "qr": qr_svg(direccion, titulo=f"Código QR para verificar el acta {sello.codigo}"),
    }


def _errata(contenido: dict[str, Any]) -> dict[str, Any] | None:
    """Qué versión es y qué corrige, si sustituye a otra."""
    sustituye = contenido["sustituye"]
    return {"version": contenido["version"], "motivo": sustituye["motivo"]} if sustituye else None


def _nombre(sello: Sello, ordinal: int) -> str:
    """«acta-i-ordinaria-2026-stl-version-publica.pdf»; la segunda y siguientes llevan su número."""
    return (
        f"{sello.pdf.nombre.removesuffix('.pdf')}-version-publica{f'-{ordinal}' if ordinal > 1 else ''}.pdf"
    )


def bloques_publicos(contenido: dict[str, Any]) -> list[Bloque]:
    """Los bloques del documento; la hoja de firmas, como tabla de lo que consta."""
    return [_de_firmas(b, contenido) if b.clase == FIRMAS else b for b in bloques_de(contenido)]


def _de_firmas(bloque: Bloque, contenido: dict[str, Any]) -> Bloque:
    filas = (COLUMNAS, *_filas(contenido))
    return Bloque(bloque.clave, PERSONAS, texto=bloque.texto or "Hoja de firmas", filas=filas)


def _filas(contenido: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """De cada persona de la hoja, su nombre, su cargo y lo que hizo."""
    actos = {acto["espacio"]: acto for acto in contenido["version_publica"]["firmas"]}
    for uno in contenido["firmantes"]:
        cargo = ", ".join(filter(None, (uno["cargo"], uno["institucion"])))
        yield (
            uno["nombre"],
            cargo,
            _dicho(actos.get(uno["espacio"], {"estado": "Falta", "como": "", "cuando": ""})),
        )


def _dicho(acto: dict[str, str]) -> str:
    """«Firmó el 3 de marzo de 2026, 10:15 h. Firma electrónica avanzada, certificado…»."""
    if not acto["cuando"]:
        return "Falta su firma"
    cuando = timezone.localtime(dt.datetime.fromisoformat(acto["cuando"]))
    return f"{acto['estado']} el {fecha_larga(cuando.date())}, {cuando:%H:%M} h. {acto['como']}"
