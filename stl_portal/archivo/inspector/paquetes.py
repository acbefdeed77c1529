"""Lee documentos que son un ZIP por dentro: DOCX, XLSX, ODT y ODS.

Primero el índice del ZIP (sin descomprimir nada) y después cada parte, contando lo que de verdad
sale: el tamaño que declara el índice puede mentir.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator

from stl_portal.archivo.tipos import POR_MIME
from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .fuente import Fuente
from .oficina import leer_odf, leer_ooxml

ENTRADAS = 2_000
EXPANDIDO = 100 * 1024 * 1024  # bytes en total, ya descomprimido
PROPORCION = 200  # veces; por debajo de un megabyte no importa
ILEGIBLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,  # compresión que ningún programa de oficina usa
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)


def leer_paquete(ruta: Fuente, mime: str) -> Veredicto:
    """Advertencias del documento. Lanza `ArchivoRechazado`."""
    try:
        with zipfile.ZipFile(ruta) as paquete:
            exigir_indice(paquete, ruta)
            partes = dict(_descomprimir(paquete))
    except ILEGIBLE as error:
        raise ArchivoRechazado(frases.DANADO) from error
    lector = leer_odf if "opendocument" in mime else leer_ooxml
    return Veredicto(mime, None, tuple(lector(partes, mime, POR_MIME[mime].nombre)))


def exigir_indice(paquete: zipfile.ZipFile, ruta: Fuente, maximo: int = ENTRADAS) -> None:
    """Número, nombres, tamaños y rarezas de las entradas, antes de abrir ninguna."""
    entradas = paquete.infolist()
    if not entradas or len(entradas) > maximo:
        raise ArchivoRechazado(frases.DANADO if not entradas else frases.BOMBA)
    nombres = [e.filename.casefold() for e in entradas]
    if len(set(nombres)) != len(nombres):
        raise ArchivoRechazado("El documento trae partes repetidas; vuelve a guardarlo.")
    if min(e.header_offset for e in entradas) != 0 or not _termina_en_indice(ruta):
        raise ArchivoRechazado("El documento trae otro contenido escondido antes o después.")
    if sum(e.file_size for e in entradas) > EXPANDIDO:
        raise ArchivoRechazado(frases.BOMBA)
    for entrada in entradas:
        _exigir_entrada(entrada)


def _termina_en_indice(ruta: Fuente) -> bool:
    """El registro final del ZIP mide 22 bytes y ningún programa de oficina le agrega nada."""
    with ruta.open("rb") as archivo:
        archivo.seek(-22, 2)
        return archivo.read(4) == b"PK\x05\x06"


def _exigir_entrada(entrada: zipfile.ZipInfo) -> None:
    """Una entrada con nombre decente, sin contraseña, sin ligas simbólicas y sin exageración."""
    nombre = entrada.filename
    if nombre.startswith("/") or "\\" in nombre or ":" in nombre or ".." in nombre.split("/"):
        raise ArchivoRechazado(frases.RUTAS)
    if entrada.flag_bits & 0x1:
        raise ArchivoRechazado(frases.CONTRASENA)
    if stat.S_ISLNK(entrada.external_attr >> 16):
        raise ArchivoRechazado(frases.RUTAS)
    if entrada.file_size > 1_048_576 and entrada.file_size > PROPORCION * max(entrada.compress_size, 1):
        raise ArchivoRechazado(frases.BOMBA)


def _descomprimir(paquete: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Cada parte leída entera (comprueba su CRC), con tope para lo que de verdad sale.

    Solo se conservan en memoria las partes XML; de las demás (imágenes) basta haberlas leído.
    """
    libre = EXPANDIDO
    for entrada in paquete.infolist():
        with paquete.open(entrada) as parte:
            contenido = parte.read(libre + 1)
        libre -= len(contenido)
        if libre < 0:
            raise ArchivoRechazado(frases.BOMBA)
        es_texto = re.search(r"\.(xml|rels)$|^mimetype$", entrada.filename, re.IGNORECASE)
        yield entrada.filename, contenido if es_texto else b""
