"""La copia pública de una imagen: derecha, tapada y escrita de nuevo sin metadatos."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from stl_portal.archivo.inspector import frases
from stl_portal.archivo.inspector.imagenes import PIXELES
from stl_portal.archivo.veredicto import ArchivoRechazado

from .comprobacion import comprobar_imagen
from .zonas import Zona, tapar

FORMATOS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
OPCIONES: dict[str, dict[str, Any]] = {
    "PNG": {},
    "JPEG": {"quality": 90, "subsampling": 0},
    "WEBP": {"lossless": True},
}


def testar(ruta: Path, mime: str, zonas: Sequence[Zona]) -> bytes:
    """La imagen sin lo que hay en las zonas, en su mismo formato. Lanza `ArchivoRechazado`."""
    imagen = abrir(ruta, mime)
    tapar(imagen, zonas)
    salida = BytesIO()
    imagen.save(salida, FORMATOS[mime], **OPCIONES[FORMATOS[mime]])
    with Image.open(BytesIO(salida.getvalue())) as guardada:
        comprobar_imagen(guardada, zonas)
    return salida.getvalue()


def abrir(ruta: Path, mime: str) -> Image.Image:
    """La imagen como se ve: derecha y sobre blanco. Lanza `ArchivoRechazado`."""
    Image.MAX_IMAGE_PIXELS = PIXELES
    try:
        with Image.open(ruta, formats=[FORMATOS[mime]]) as original:
            derecha = ImageOps.exif_transpose(original).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ArchivoRechazado(frases.DANADO) from error
    fondo = Image.new("RGB", derecha.size, (255, 255, 255))
    fondo.paste(derecha, mask=derecha.getchannel("A"))
    return fondo
