"""Marcas de otro formato pegado dentro de una foto, un audio o un video."""

import zipfile

from stl_portal.archivo.veredicto import ArchivoRechazado

from . import frases
from .fuente import Fuente

CABEZA = 64 * 1024  # donde un visor busca con qué empieza un archivo
# Demasiado largas para aparecer por azar en los bytes de una foto.
_MARCAS = {
    b"<?php": "un programa PHP",
    b"<script": "instrucciones de una página web",
    b"<!doctype html": "una página HTML",
    b"<html": "una página HTML",
    b"%pdf-": "un PDF",
}


def ajeno(contenido: bytes) -> str:
    """Qué formato ajeno se reconoce en esos bytes; vacío si ninguno."""
    llano = contenido.lower()
    return next((que for marca, que in _MARCAS.items() if marca in llano), "")


def exigir_sin_ajenos(ruta: Fuente) -> None:
    """Ni comprimido al final ni páginas, programas o PDF al principio. Lanza `ArchivoRechazado`.

    De un audio o un video no se busca en medio: pueden ser gigabytes, y ningún visor mira ahí.
    """
    if zipfile.is_zipfile(ruta):
        raise ArchivoRechazado(frases.ESCONDIDO.format(que="un archivo comprimido"))
    with ruta.open("rb") as abierto:
        que = ajeno(abierto.read(CABEZA))
    if que:
        raise ArchivoRechazado(frases.ESCONDIDO.format(que=que))
