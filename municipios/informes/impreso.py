"""El informe trimestral en papel: portada con su número y, mes por mes, sus apartados."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils.text import slugify

from municipios.models import InformeTrimestral
from sesiones.models import Organo
from stl_portal.espanol import con_articulo
from stl_portal.sello.canonico import canonico, huella

from .escribir import Mes, meses_de


def nombre(informe: InformeTrimestral) -> str:
    """«informe-trimestral-3-stm-leon-2026-3.pdf»; `organo` ya traído."""
    partes = ("informe-trimestral", informe.numero, informe.organo.clave, informe.anio, informe.trimestre)
    return slugify("-".join(str(parte) for parte in partes)) + ".pdf"


def documento_de(informe: InformeTrimestral, al: dt.date) -> dict[str, Any]:
    """El informe como datos, con la identidad que el órgano tiene en esa fecha."""
    organo: Organo = informe.organo
    return {
        "organo": {"clave": organo.clave, "nombre": organo.denominacion(al).nombre},
        "municipio": organo.clave_municipio,
        "ficticio": organo.ficticio,
        "numero": informe.numero,
        "anio": informe.anio,
        "trimestre": informe.trimestre,
        "meses": [_mes(mes) for mes in meses_de(informe)],
    }


def _mes(mes: Mes) -> dict[str, Any]:
    apartados = [{"apartado": f.texto.apartado, "texto": f.texto.texto} for f in mes.filas]
    return {"mes": mes.numero, "apartados": apartados}


def imprimir(
    informe: InformeTrimestral, al: dt.date, cuando: dt.datetime, *, ante: str = "", borrador: bool = False
) -> bytes:
    """El PDF con la identidad del órgano de esa fecha y los datos dentro; lo mismo da los mismos bytes.

    `ante` dice en qué sesión se presenta. Con `borrador` lleva marca de agua.
    """
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    datos = canonico(documento_de(informe, al))
    contexto = _contexto(informe, al, huella(datos)) | {"ante": ante, "borrador": borrador}
    return pdf.producir(
        render_to_string("documentos/municipios/informe.html", contexto),
        titulo=contexto["titulo"],
        autor=contexto["organo"]["nombre"],
        asunto=f"{contexto['titulo']}: actividades, reuniones, difusión y resultados",
        fecha=cuando,
        adjuntos=[pdf.Adjunto("informe.json", datos, "El informe como datos (RFC 8785)")],
        marca="BORRADOR" if borrador else None,
    ).contenido


def _contexto(informe: InformeTrimestral, al: dt.date, suma: str) -> dict[str, Any]:
    identidad = informe.organo.denominacion(al)
    sede = "Órgano ficticio: datos de demostración" if informe.organo.ficticio else identidad.lugar
    return {
        "titulo": f"{informe} {con_articulo(identidad.nombre, 'de')}",
        "documento": f"Informe trimestral {informe.numero}",
        "organo": {"nombre": identidad.nombre, "sede": sede},
        "informe": informe,
        "meses": meses_de(informe),
        "huella": suma,
    }
