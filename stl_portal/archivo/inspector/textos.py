"""Lee un texto: codificación conocida, sin bytes nulos ni caracteres de control."""

import re

from stl_portal.archivo.tipos import reconocer
from stl_portal.archivo.veredicto import ArchivoRechazado, Veredicto

from . import frases
from .fuente import Fuente

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Una hoja de cálculo ejecutaría la celda al abrir el CSV.
_FORMULA = re.compile(r'(?:^|[,;\t])"?[=@][A-Za-z(+\-]', re.MULTILINE)


def leer_texto(ruta: Fuente, mime: str) -> Veredicto:
    """Advertencias del texto. Lanza `ArchivoRechazado`."""
    contenido = ruta.read_bytes()
    if b"\x00" in contenido:
        raise ArchivoRechazado(frases.NULOS)
    texto, avisos = decodificar(contenido)
    if _CONTROL.search(texto):
        raise ArchivoRechazado("El archivo no es texto simple: contiene caracteres de control.")
    clase, dicho = reconocer(contenido[:4096])
    if clase != "texto":
        raise ArchivoRechazado(f"El archivo dice ser texto pero su contenido es {dicho}.")
    if mime == "text/csv" and _FORMULA.search(texto):
        avisos.append("El CSV trae celdas que una hoja de cálculo tomaría como fórmula.")
    return Veredicto(mime, None, tuple(avisos))


def decodificar(contenido: bytes) -> tuple[str, list[str]]:
    """Texto y aviso si no venía en UTF-8."""
    try:
        return contenido.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    try:
        return contenido.decode("cp1252"), ["El texto no está en UTF-8: se leyó como Windows-1252 (Latin-1)."]
    except UnicodeDecodeError as error:
        raise ArchivoRechazado("El archivo no es texto simple: no se reconoce su codificación.") from error
