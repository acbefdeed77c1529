"""Lee un PDF como lo leería un lector de pantalla: lo etiquetado por un lado, el ornato por otro."""

import re
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf

PAREJA = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>")
ARTEFACTO = "/Artifact"


@lru_cache(maxsize=256)
def _letras(mapa: bytes) -> dict[int, str]:
    """De glifo a texto, según el ToUnicode de la fuente."""
    cuerpo = mapa.split(b"beginbfchar", 1)[1]
    return {
        int(glifo, 16): bytes.fromhex(texto.decode()).decode("utf-16-be")
        for glifo, texto in PAREJA.findall(cuerpo)
    }


def _dicho(operandos: Any, letras: dict[int, str]) -> str:
    """El texto de un TJ o Tj: pares de bytes, cada uno un glifo."""
    trozos = operandos[0] if isinstance(operandos[0], pikepdf.Array) else operandos
    glifos = b"".join(bytes(t) for t in trozos if isinstance(t, pikepdf.String))
    return "".join(letras[int.from_bytes(glifos[i : i + 2])] for i in range(0, len(glifos), 2))


def _trozos(pagina: pikepdf.Page) -> Iterator[tuple[bool, str]]:
    """Cada texto de la página y si es ornato; falla si alguno no está ni etiquetado ni apartado."""
    marcas: list[str] = []
    letras: dict[int, str] = {}
    for instruccion in pikepdf.parse_content_stream(pagina):
        operandos, orden = instruccion.operands, str(instruccion.operator)
        if orden in ("BMC", "BDC"):
            marcas.append(str(operandos[0]))
        elif orden == "EMC":
            marcas.pop()
        elif orden == "Tf":
            letras = _letras(pagina.Resources.Font[str(operandos[0])].ToUnicode.read_bytes())
        elif orden in ("TJ", "Tj"):
            assert marcas, "hay texto que no está etiquetado ni es ornato"
            yield ARTEFACTO in marcas, _dicho(operandos, letras)


def paginas(contenido: bytes) -> list[tuple[list[str], list[str]]]:
    """Por página: los textos que se leen en voz alta y los que solo se ven."""
    with pikepdf.open(BytesIO(contenido)) as pdf:
        hojas = [list(_trozos(pagina)) for pagina in pdf.pages]
    return [([t for ornato, t in hoja if not ornato], [t for ornato, t in hoja if ornato]) for hoja in hojas]


def en_voz_alta(contenido: bytes) -> str:
    """Todo lo que se lee, con un solo espacio entre palabras."""
    return " ".join(" ".join(t for leidos, _ in paginas(contenido) for t in leidos).split())


def a_la_vista(contenido: bytes) -> list[list[str]]:
    """El ornato de cada página, sin orillas."""
    return [[t.strip() for t in ornato] for _, ornato in paginas(contenido)]
