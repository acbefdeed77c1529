"""El acuse de una postulación en PDF: lo mismo da siempre los mismos bytes, con los datos dentro."""

from typing import Any

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.text import slugify

from stl_portal.sello.bitacora import instante
from stl_portal.sello.canonico import canonico, huella

from .conteo import largo
from .models import Postulacion

GUARDADO = 24 * 3600  # segundos


def nombre(postulacion: Postulacion) -> str:
    """«acuse-p-007-reconocimiento-2027.pdf»."""
    return f"acuse-{slugify(postulacion.folio_dicho)}-{postulacion.certamen.clave}.pdf"


def datos_de(postulacion: Postulacion) -> dict[str, Any]:
    """Lo presentado como datos; sin nombre, correo ni teléfono de quien postula."""
    certamen = postulacion.certamen
    assert postulacion.presentada_el  # noqa: S101 -- lo garantiza la restricción de lo presentado
    return {
        "certamen": f"{certamen.organo.clave}/{certamen.clave}",
        "folio": postulacion.folio_dicho,
        "presentada": instante(postulacion.presentada_el),
        "titulo": postulacion.titulo,
        "de": postulacion.de_donde,
        "respuestas": [
            {"pregunta": r.apartado.pregunta, "texto": r.texto, "caracteres": largo(r.texto)}
            for r in postulacion.respuestas.select_related("apartado")
        ],
        "evidencias": [e.como_dato for e in postulacion.evidencias.select_related("archivo")],
    }


def pdf_de(postulacion: Postulacion) -> bytes:
    """El PDF; con los mismos datos se compone una sola vez."""
    datos = canonico(datos_de(postulacion))
    clave = f"acuse-de-postulacion:{huella(datos)}"
    contenido: bytes | None = cache.get(clave)
    if contenido is None:
        contenido = _componer(postulacion, datos)
        cache.set(clave, contenido, timeout=GUARDADO)
    return contenido


def _componer(postulacion: Postulacion, datos: bytes) -> bytes:
    # Se importa al usarse: el motor de PDF tarda más en cargar que todo el portal junto.
    from stl_portal.documentos import pdf

    certamen, cuando = postulacion.certamen, postulacion.presentada_el
    assert cuando  # noqa: S101 -- lo garantiza la restricción de lo presentado
    identidad = certamen.organo.denominacion(cuando.date())
    titulo = f"Acuse de la postulación {postulacion.folio_dicho}"
    contexto = {
        "titulo": titulo,
        "documento": titulo,
        "organo": {
            "nombre": identidad.nombre,
            "sede": "Órgano ficticio: datos de demostración" if certamen.organo.ficticio else identidad.lugar,
        },
        "p": postulacion,
        "c": certamen,
        "datos": datos_de(postulacion),
        "evidencias": postulacion.evidencias.select_related("archivo"),
        "huella": huella(datos),
    }
    return pdf.producir(
        render_to_string("documentos/certamenes/acuse.html", contexto),
        titulo=titulo,
        autor=identidad.nombre,
        asunto=f"Postulación en {certamen}",
        fecha=cuando,
        adjuntos=[pdf.Adjunto("postulacion.json", datos, "Lo presentado, como datos (RFC 8785)")],
    ).contenido
