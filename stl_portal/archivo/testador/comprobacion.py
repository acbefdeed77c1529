"""Comprueba la copia pública abriéndola de nuevo: si algo quedó, no hay copia."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pikepdf
import pymupdf
from PIL import Image, ImageChops

from stl_portal.archivo.veredicto import ArchivoRechazado

from .paginas import renglones
from .pdf import toca
from .zonas import Zona, tapar

QUEDA = "No se pudo eliminar por completo lo marcado en la página {pagina}. No se guardó nada."
DE_MAS = "La copia traería datos escondidos. No se guardó nada: conviértelo a PDF nuevo y súbelo otra vez."
RUIDO = 96  # de 255: lo que la compresión de una foto altera junto a un borde
PERMITIDO = {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}


def comprobar_pdf(contenido: bytes, zonas: Sequence[Zona]) -> None:
    """Lanza `ArchivoRechazado` si en una zona queda texto o imagen, o si el archivo trae algo más."""
    _sin_nada_mas(contenido)
    with pymupdf.open(stream=contenido, filetype="pdf") as documento:
        for numero in sorted({zona.pagina for zona in zonas}):
            suyas = [zona for zona in zonas if zona.pagina == numero]
            pagina = documento[numero - 1]
            if not (_texto_limpio(pagina, suyas) and _imagen_limpia(documento, pagina, suyas)):
                raise ArchivoRechazado(QUEDA.format(pagina=numero))


def comprobar_imagen(imagen: Image.Image, zonas: Sequence[Zona]) -> None:
    """Lanza `ArchivoRechazado` si dentro de una zona hay algo que no sea el recuadro y su número."""
    if not _tapada(imagen.convert("RGB"), zonas):
        raise ArchivoRechazado(QUEDA.format(pagina=1))


def _texto_limpio(pagina: Any, zonas: Sequence[Zona]) -> bool:
    """Dentro de las zonas solo se lee su etiqueta."""
    ancho, alto = pagina.rect.width, pagina.rect.height
    cajas = [pymupdf.Rect(zona.en(ancho, alto)) for zona in zonas]
    etiquetas = {zona.etiqueta for zona in zonas}
    for renglon in renglones(pagina):
        dentro = "".join(c for c, caja in renglon if any(toca(caja, zona) for zona in cajas)).strip()
        for etiqueta in etiquetas:
            dentro = dentro.replace(etiqueta, "")
        if dentro.strip():
            return False
    return True


def _imagen_limpia(documento: Any, pagina: Any, zonas: Sequence[Zona]) -> bool:
    """La página es una sola imagen, sin trazos, y sus píxeles en cada zona son los del recuadro."""
    imagenes = pagina.get_images(full=True)
    if len(imagenes) != 1 or pagina.get_xobjects() or pagina.get_drawings():
        return False
    with Image.open(BytesIO(documento.extract_image(imagenes[0][0])["image"])) as guardada:
        return _tapada(guardada.convert("RGB").rotate(-pagina.rotation, expand=True), zonas)


def _tapada(imagen: Image.Image, zonas: Sequence[Zona]) -> bool:
    """Si volver a tapar no cambia nada."""
    otra_vez = imagen.copy()
    tapar(otra_vez, zonas)
    bandas = ImageChops.difference(imagen, otra_vez).split()
    return all(max(banda.tobytes()) <= RUIDO for banda in bandas)


def _sin_nada_mas(contenido: bytes) -> None:
    """Una sola revisión, y en el catálogo y las páginas nada que no se dibuje."""
    with pikepdf.open(BytesIO(contenido), attempt_recovery=False) as pdf:
        limpio = (
            contenido.count(b"%%EOF") == 1
            and set(pdf.Root.keys()) <= PERMITIDO
            and set(pdf.docinfo.keys()) <= {"/Title"}
            and not any("/Annots" in pagina or "/AA" in pagina for pagina in pdf.pages)
            and not any(_escondido(objeto) for objeto in pdf.objects)
        )
    if not limpio:
        raise ArchivoRechazado(DE_MAS)


def _escondido(objeto: Any) -> bool:
    claves = ("/Metadata", "/PieceInfo", "/EF", "/JS", "/AcroForm", "/OCProperties")
    return isinstance(objeto, pikepdf.Dictionary | pikepdf.Stream) and any(c in objeto for c in claves)
