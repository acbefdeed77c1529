"""Decide si un archivo se acepta: por su contenido, leído completo en un proceso aparte.

Terminación, tipo declarado y contenido deben coincidir; luego el lector del formato lo recorre
entero dentro de un proceso con memoria, procesador y tiempo limitados. Una bomba mata al hijo,
no al portal.
"""

import json
import logging
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from . import antivirus, tipos
from .veredicto import ArchivoRechazado, Veredicto

__all__ = [
    "ArchivoRechazado",
    "Veredicto",
    "imagen_limpia",
    "inspeccionar",
    "miniatura",
    "transcripcion",
    "vista",
]

registro = logging.getLogger(__name__)
RAIZ = Path(__file__).resolve().parent.parent.parent
# Cada lector puede ocupar hasta 768 MB: cien subidas a la vez hacen fila en lugar de llenar la memoria.
_TURNOS = BoundedSemaphore(2)
ESPERA = 20  # segundos de reloj; el hijo tiene además un tope de procesador
DEMASIADO = (
    "El archivo no se pudo revisar: tarda u ocupa demasiado al abrirse. "
    "Puede estar dañado o hecho a propósito."
)


def inspeccionar(ruta: Path, nombre: str, declarado: str = "") -> Veredicto:
    """Veredicto sobre el archivo en `ruta`, llamado `nombre` y declarado de ese tipo.

    Lanza `ArchivoRechazado` con la frase que debe leer quien lo subió, y `SinRevisar` si hay antivirus y no
    contesta.
    """
    tipo = tipos.por_extension(nombre)
    tipos.exigir_declarado(tipo, declarado)
    with ruta.open("rb") as archivo:
        cabecera = archivo.read(4096)
    if not cabecera:
        raise ArchivoRechazado("El archivo está vacío.")
    tipos.exigir_contenido(tipo, cabecera)
    respuesta = json.loads(_hijo(ruta, tipo.mime))
    registro.debug("Inspeccionar ocupó %d kB y %.2f s.", *respuesta["uso"])
    if "rechazo" in respuesta:
        raise ArchivoRechazado(respuesta["rechazo"])
    antivirus.exigir_limpio(ruta)
    return Veredicto(tipo.mime, respuesta["paginas"], tuple(respuesta["advertencias"]))


def imagen_limpia(ruta: Path, mime: str) -> bytes:
    """La imagen escrita de nuevo sin metadatos. Lanza `ArchivoRechazado` si no se pudo."""
    return _hijo(ruta, mime, "--limpia")


def miniatura(ruta: Path, mime: str) -> bytes:
    """La primera página o la imagen en pequeño, en WEBP. Lanza `ArchivoRechazado` si no se pudo."""
    return _hijo(ruta, mime, "--miniatura")


def vista(ruta: Path, mime: str) -> bytes:
    """Lo que se puede leer del documento sin abrirlo, en JSON (`inspector/vista.py`), o su `rechazo`."""
    return _hijo(ruta, mime, "--vista")


def transcripcion(ruta: Path, mime: str) -> bytes:
    """Todo el texto de un TXT, DOCX u ODT, en JSON (`inspector/transcripcion.py`), o su `rechazo`."""
    return _hijo(ruta, mime, "--transcripcion")


def _hijo(ruta: Path, mime: str, *opciones: str) -> bytes:
    """Lo que responde el lector en su proceso; si murió o tardó, es un rechazo."""
    orden = [
        sys.executable,
        "-E",
        "-s",
        "-B",
        "-m",
        "stl_portal.archivo.inspector",
        str(ruta),
        mime,
        *opciones,
    ]
    try:
        with _TURNOS:
            hijo = subprocess.run(  # noqa: S603  # orden fija; ni la ruta ni el tipo vienen de fuera
                orden,
                cwd=RAIZ,
                env={},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=ESPERA,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise ArchivoRechazado(DEMASIADO) from error
    if hijo.returncode:
        salida = hijo.stderr[-2000:].decode(errors="replace")
        registro.warning("El inspector terminó con %s: %s", hijo.returncode, salida)
        raise ArchivoRechazado(DEMASIADO)
    if hijo.stderr:
        registro.info("El inspector dijo: %s", hijo.stderr[-2000:].decode(errors="replace"))
    return hijo.stdout
