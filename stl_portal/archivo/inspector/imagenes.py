"""Lee una imagen completa con Pillow, con tope de píxeles, y busca otros contenidos pegados."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps

from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .ajenos import ajeno
from .fuente import Fuente

PIXELES = 40_000_000  # una foto de 40 megapíxeles; más es una bomba o un error
_FORMATOS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP"}
_OPCIONES: dict[str, dict[str, Any]] = {
    "PNG": {"optimize": False},
    "JPEG": {"quality": 90},
    "WEBP": {"quality": 90},
}
# Los modos con paleta o de imprenta se pasan a color de pantalla.
_MODOS = {"P": "RGBA", "CMYK": "RGB", "YCCK": "RGB", "I;16": "I"}


def leer_imagen(ruta: Fuente, mime: str) -> Veredicto:
    """Advertencias de la imagen. Lanza `ArchivoRechazado`."""
    _exigir_sola(ruta)
    formato = _FORMATOS[mime]
    try:
        with _con_tope_de_pixeles():
            return _leer(ruta, mime, formato)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ArchivoRechazado(frases.PIXELES.format(millones=PIXELES // 1_000_000)) from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise ArchivoRechazado(f"La imagen {formato} está dañada o incompleta: no se pudo leer.") from error


@contextmanager
def _con_tope_de_pixeles() -> Iterator[None]:
    """Pasarse del tope es error y no advertencia; las demás advertencias (metadatos rotos) no importan."""
    Image.MAX_IMAGE_PIXELS = PIXELES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _leer(ruta: Fuente, mime: str, formato: str) -> Veredicto:
    """Comprueba la estructura y luego decodifica todo."""
    with Image.open(ruta, formats=[formato]) as imagen:
        imagen.verify()
    with Image.open(ruta, formats=[formato]) as imagen:  # verify() deja la imagen inservible
        imagen.load()
        return Veredicto(mime, 1, tuple(_advertencias(imagen)))


def reescribir(ruta: Fuente, mime: str) -> bytes:
    """La misma imagen, derecha, escrita de nuevo y sin nada más: ni lugar, ni cámara, ni colas.

    Se llama con imágenes que ya pasaron `leer_imagen`.
    """
    formato = _FORMATOS[mime]
    derecha = abrir(ruta, mime)
    limpia = derecha.convert(_MODOS.get(derecha.mode, derecha.mode))
    limpia.info = {}  # de aquí tomaría Pillow los metadatos al guardar
    salida = BytesIO()
    limpia.save(salida, formato, **_OPCIONES[formato])
    return salida.getvalue()


def abrir(ruta: Fuente, mime: str) -> Image.Image:
    """La imagen, derecha. Se llama con imágenes que ya pasaron `leer_imagen`."""
    with _con_tope_de_pixeles(), Image.open(ruta, formats=[_FORMATOS[mime]]) as original:
        return ImageOps.exif_transpose(original)


def _exigir_sola(ruta: Fuente) -> None:
    """Una foto no trae dentro páginas, programas, PDF ni archivos comprimidos."""
    if zipfile.is_zipfile(ruta):
        raise ArchivoRechazado("La imagen trae escondido un archivo comprimido.")
    que = ajeno(ruta.read_bytes())
    if que:
        raise ArchivoRechazado(f"La imagen trae escondido {que}.")


def _advertencias(imagen: Image.Image) -> list[str]:
    """Lo que conviene saber antes de publicarla."""
    avisos = []
    if imagen.getexif().get_ifd(ExifTags.IFD.GPSInfo):
        avisos.append("La foto guarda el lugar donde se tomó (GPS); no se publica así.")
    if getattr(imagen, "n_frames", 1) > 1:
        avisos.append("La imagen está animada; en documentos solo se ve su primer cuadro.")
    return avisos
