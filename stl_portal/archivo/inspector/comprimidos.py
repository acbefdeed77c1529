"""Lee un ZIP de archivos: cada uno pasa por el lector de su formato. Un ZIP dentro de otro no se admite."""

import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from stl_portal.archivo.nombres import es_enganoso, limpiar_nombre
from stl_portal.archivo.tipos import exigir_contenido, por_extension
from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .fuente import Fuente, Pieza
from .paquetes import EXPANDIDO, ILEGIBLE, exigir_indice

ARCHIVOS = 200
# Lo que macOS agrega de cada archivo: su icono y sus colores, con esta marca al principio.
DE_MAC, MARCA_DE_MAC, MAXIMO_DE_MAC = "__MACOSX/", b"\x00\x05\x16\x07", 64 * 1024
ZIP = "application/zip"
ADENTRO = "Dentro del ZIP, «{nombre}»: {frase}"


def leer_comprimido(ruta: Fuente, mime: str) -> Veredicto:
    """Advertencias de todo lo que trae. Lanza `ArchivoRechazado` con el nombre del que no se admite."""
    try:
        with zipfile.ZipFile(ruta) as paquete:
            exigir_indice(paquete, ruta, ARCHIVOS)
            avisos = list(_revisar_todos(paquete))
    except ILEGIBLE as error:
        raise ArchivoRechazado(frases.DANADO) from error
    if not avisos:
        raise ArchivoRechazado("El ZIP no trae ningún archivo.")
    return Veredicto(mime, None, tuple(aviso for suyos in avisos for aviso in suyos))


def _revisar_todos(paquete: zipfile.ZipFile) -> Iterator[list[str]]:
    """Las advertencias de cada archivo, con tope para lo que entre todos ocupan de verdad."""
    libre = EXPANDIDO
    for entrada in paquete.infolist():
        if entrada.is_dir():
            if entrada.file_size:
                raise ArchivoRechazado(frases.DANADO)
            continue
        with paquete.open(entrada) as parte:
            contenido = parte.read(libre + 1)
        libre -= len(contenido)
        if libre < 0:
            raise ArchivoRechazado(frases.BOMBA)
        if not _es_de_mac(entrada.filename, contenido):
            yield _revisar(entrada.filename, contenido)


def _es_de_mac(nombre: str, contenido: bytes) -> bool:
    """Si es de los que Finder pone al comprimir: nadie los eligió y ningún programa los abre."""
    suyo = nombre.startswith(DE_MAC) and PurePosixPath(nombre).name.startswith("._")
    return suyo and contenido.startswith(MARCA_DE_MAC) and len(contenido) <= MAXIMO_DE_MAC


def _revisar(nombre: str, contenido: bytes) -> list[str]:
    """Advertencias de un archivo, con su nombre por delante."""
    from .__main__ import leer

    visible = limpiar_nombre(nombre)
    try:
        if es_enganoso(PurePosixPath(nombre).name):
            raise ArchivoRechazado("su nombre trae caracteres que no se ven o que Windows no admite.")
        tipo = por_extension(nombre)
        if tipo.mime == ZIP:
            raise ArchivoRechazado("es otro ZIP. Saca lo que trae y comprímelo una sola vez.")
        if not contenido:
            raise ArchivoRechazado("El archivo está vacío.")
        exigir_contenido(tipo, contenido[:4096])
        veredicto = leer(Pieza(contenido), tipo.mime)
    except ArchivoRechazado as rechazo:
        raise ArchivoRechazado(ADENTRO.format(nombre=visible[:80], frase=rechazo.frase)) from rechazo
    return [f"{visible[:80]}: {aviso}" for aviso in veredicto.advertencias]
