"""Todo el texto de un documento, párrafo por párrafo; cada fila de una tabla es un renglón con «|»."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from stl_portal.archivo.veredicto import ArchivoRechazado

from . import frases
from .textos import decodificar
from .vista import TXT, letras, nombre_de

TEXTO = 1_000_000  # letras; más no se leen
_PARRAFOS = frozenset({"p", "h"})
_FILAS = frozenset({"tr", "table-row"})
_CELDAS = frozenset({"tc", "table-cell"})


def transcripcion(ruta: Path, mime: str) -> str:
    """El texto de un TXT, DOCX u ODT. Lanza `ArchivoRechazado`."""
    if mime == TXT:
        return decodificar(ruta.read_bytes())[0][:TEXTO]
    if "wordprocessingml" not in mime and not mime.endswith("opendocument.text"):
        raise ArchivoRechazado(frases.DANADO)
    try:
        return "\n".join(_renglones(ruta, mime))[:TEXTO]
    except (zipfile.BadZipFile, ET.ParseError, KeyError) as error:
        raise ArchivoRechazado(frases.DANADO) from error


def _renglones(ruta: Path, mime: str) -> Iterator[str]:
    """Los párrafos y las filas, por su orden, hasta pasar del tope."""
    principal = "content.xml" if "opendocument" in mime else "word/document.xml"
    escrito, hondura = 0, 0
    with zipfile.ZipFile(ruta) as paquete, paquete.open(principal) as parte:
        for suceso, elemento in ET.iterparse(parte, ("start", "end")):  # noqa: S314  # sin entidades: ya se revisó
            nombre = nombre_de(elemento)
            if nombre in _FILAS:
                hondura += 1 if suceso == "start" else -1
            if suceso == "start" or hondura or nombre not in _PARRAFOS | _FILAS:
                continue
            renglon = _fila(elemento) if nombre in _FILAS else "".join(letras(elemento))
            escrito += len(renglon) + 1
            yield renglon
            elemento.clear()
            if escrito > TEXTO:
                return


def _fila(fila: ET.Element) -> str:
    """Las celdas de una fila; los párrafos de cada una, de corrido."""
    celdas = (celda for celda in fila.iter() if nombre_de(celda) in _CELDAS)
    return " | ".join(
        " ".join("".join(letras(p)) for p in celda.iter() if nombre_de(p) in _PARRAFOS) for celda in celdas
    )
