"""El reporte publicado en papel: lo respondido, el avance declarado y el verificado, y sus evidencias."""

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.text import slugify

from ejes.datos_sellados import leer_cifra, leer_dia
from ejes.models import Reporte
from ejes.revision.partes import Parte, partes_de, sueltas
from stl_portal.archivo.tipos import POR_MIME
from stl_portal.documentos.qr import qr_svg
from stl_portal.espanol import con_articulo
from stl_portal.sello.canonico import huella

REVISADAS = {"verificada": "Verificada", "observada": "Observada"}


def nombre(documento: Mapping[str, Any]) -> str:
    """«reporte-2022-2024-bimestre-2-eje-1-entrega-1.pdf»."""
    plan, bimestre, eje = (
        documento["plan"]["clave"],
        documento["bimestre"]["numero"],
        documento["eje"]["numero"],
    )
    return slugify(f"reporte-{plan}-bimestre-{bimestre}-eje-{eje}-entrega-{documento['entrega']}") + ".pdf"


def imprimir(documento: Mapping[str, Any], contenido: bytes, reporte: Reporte, cuando: dt.datetime) -> bytes:
    """El PDF del documento publicado, con sus bytes (`contenido`) dentro; lo mismo da los mismos bytes."""
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    titulo = f"Reporte de {documento['bimestre']['nombre']}, {_eje(documento)}"
    return pdf.producir(
        _html(documento, titulo, huella(contenido), reporte),
        titulo=titulo,
        autor=documento["organo"],
        asunto=f"{titulo}, de {documento['institucion']}",
        fecha=cuando,
        adjuntos=[pdf.Adjunto("reporte.json", contenido, "El reporte como datos (RFC 8785)")],
    ).contenido


def _eje(documento: Mapping[str, Any]) -> str:
    return f"Eje {documento['eje']['numero']}. {documento['eje']['nombre']}"


def _html(documento: Mapping[str, Any], titulo: str, suma: str, reporte: Reporte) -> str:
    direccion = urljoin(settings.SITIO, reporte.get_absolute_url())
    partes = list(partes_de(documento).values())
    sede = "Órgano ficticio: datos de demostración" if documento["ficticio"] else ""
    contexto = {
        "titulo": titulo,
        "documento": titulo,
        "organo": {"nombre": documento["organo"], "sede": sede},
        "del_organo": con_articulo(documento["organo"], "de"),
        "d": documento,
        "eje": _eje(documento),
        **{campo: leer_dia(documento["bimestre"][campo]) for campo in ("desde", "hasta")},
        "limite": leer_dia(documento["limite"]),
        "enviado": dt.datetime.fromisoformat(documento["enviado_el"]),
        "publicado": dt.datetime.fromisoformat(documento["publicacion"]["publicado_el"]),
        "categorias": _por_categoria([p for p in partes if not p.de_accion]),
        "acciones": [(p, leer_cifra(p.dato["verificado"])) for p in partes if p.de_accion],
        "evidencias": [_evidencia(e, partes) for e in documento["evidencias"]],
        "sueltas": sueltas(documento),
        "huella": suma,
        "direccion": direccion,
        "qr": qr_svg(direccion, titulo="Código QR que lleva a este reporte en el portal"),
    }
    return render_to_string("documentos/ejes/reporte.html", contexto)


def _por_categoria(renglones: list[Parte]) -> list[tuple[str, list[Parte]]]:
    """Los renglones bajo su categoría, en el orden del formato."""
    grupos = groupby(renglones, key=lambda p: str(p.dato["categoria"]))
    return [(categoria, list(grupo)) for categoria, grupo in grupos]


def _evidencia(evidencia: Mapping[str, Any], partes: list[Parte]) -> dict[str, Any]:
    """La evidencia con qué respalda, qué tipo de archivo es y lo que dijo la revisión."""
    archivo = evidencia["archivo"]
    tipo = POR_MIME.get(archivo["tipo"]) if archivo else None
    return {
        **evidencia,
        "tipo": tipo.nombre if tipo else "",
        "respalda": [p.rotulo for p in partes if evidencia in p.evidencias],
        "revisada": REVISADAS.get(evidencia["veredicto"], "Sin revisar"),
    }
