"""De HTML a un PDF que se puede archivar (PDF/A-3a), leer en voz alta (PDF/UA-1) y citar.

Un mismo contenido da los mismos bytes, en cualquier proceso y máquina: no hay más fecha que la
que se entrega, ni más letras que las del paquete, ni identificador que no salga del contenido.
"""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from threading import Lock

from weasyprint import HTML, Attachment, Document

from stl_portal.documentos import tipografia
from stl_portal.documentos.accesible import Metadatos, completar
from stl_portal.documentos.caracteres import dibujable
from stl_portal.documentos.hoja import Hoja
from stl_portal.documentos.marca import estampar
from stl_portal.documentos.renglones import Renglon, numerar

HOJAS = (
    *("pagina.css", "texto.css", "bloques.css", "avance.css", "portada.css", "reporte.css", "ficha.css"),
    "informe_anual.css",
)
VARIANTE = "pdf/a-3a"

# Pango no admite dos hilos sobre la misma configuración de letras.
_turno = Lock()


@dataclass(frozen=True)
class Adjunto:
    """Archivo que viaja dentro del PDF; `relacion` es su AFRelationship (Data, Source…)."""

    nombre: str
    contenido: bytes
    descripcion: str = ""
    relacion: str = "Data"


@dataclass(frozen=True)
class Documento:
    """El PDF producido, sus páginas y sus renglones numerados (vacío si no se pidieron)."""

    contenido: bytes
    paginas: int
    renglones: tuple[Renglon, ...] = ()


def producir(
    html: str,
    *,
    titulo: str,
    idioma: str = "es-MX",
    autor: str = "",
    asunto: str = "",
    fecha: datetime | None = None,
    adjuntos: Sequence[Adjunto] = (),
    renglones: bool = False,
    marca: str | None = None,
) -> Documento:
    """Compone el HTML completo de un documento y devuelve su PDF.

    `fecha` es la del contenido (con zona), no la de hoy; es obligatoria si hay adjuntos.
    `marca` se imprime pálida y en diagonal en todas las páginas. Con `renglones` se numera cada
    renglón de los elementos marcados `data-renglones` (o de todo el cuerpo si no hay ninguno).
    `ValueError` si falta el título, la fecha no tiene zona o hay adjuntos sin fecha.
    """
    _revisar(titulo, fecha, adjuntos)
    with _turno, _sin_barrer():
        compuesto = _componer(html)
        compuesto.metadata = _metadatos(titulo, idioma, autor, asunto, fecha)
        compuesto.pages = [Hoja(pagina) for pagina in compuesto.pages]
        if marca:
            estampar(compuesto.pages, marca)
        numerados = numerar(compuesto.pages) if renglones else ()
        contenido = _escribir(compuesto, adjuntos, fecha)
    return Documento(contenido, len(compuesto.pages), numerados)


@contextmanager
def _sin_barrer() -> Iterator[None]:
    """Aplaza el recolector de ciclos: recorrería una y otra vez un árbol de cajas que sigue en uso."""
    encendido = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if encendido:
            gc.enable()


def _revisar(titulo: str, fecha: datetime | None, adjuntos: Sequence[Adjunto]) -> None:
    if not titulo.strip():
        raise ValueError("Un documento accesible necesita título.")
    if fecha is not None and fecha.tzinfo is None:
        raise ValueError("La fecha del documento debe llevar zona horaria.")
    if adjuntos and fecha is None:
        raise ValueError("Un documento con adjuntos necesita fecha: PDF/A-3 la pide en cada uno.")


def _componer(html: str) -> Document:
    fuente = HTML(string=dibujable(html), url_fetcher=tipografia.lector())
    return fuente.render(
        font_config=tipografia.letras(),
        counter_style=tipografia.contadores(),
        stylesheets=tipografia.hojas(*HOJAS),
        pdf_variant=VARIANTE,
    )


def _metadatos(titulo: str, idioma: str, autor: str, asunto: str, fecha: datetime | None) -> Metadatos:
    instante = fecha.replace(microsecond=0).isoformat() if fecha else None
    return Metadatos(
        title=titulo,
        lang=idioma,
        authors=[autor] if autor else [],
        description=asunto or None,
        created=instante,
        modified=instante,
    )


def _escribir(compuesto: Document, adjuntos: Sequence[Adjunto], fecha: datetime | None) -> bytes:
    instante = fecha.astimezone(UTC) if fecha else None
    archivos = [
        Attachment(
            file_obj=BytesIO(adjunto.contenido),
            name=adjunto.nombre,
            description=adjunto.descripcion,
            relationship=adjunto.relacion,
            created=instante,
            modified=instante,
        )
        for adjunto in adjuntos
    ]
    contenido = compuesto.write_pdf(finisher=completar, pdf_variant=VARIANTE, attachments=archivos)
    return bytes(contenido)
