"""Imágenes que revientan, mienten o llevan algo pegado."""

import struct
import zlib

from PIL import PngImagePlugin

from stl_portal.archivo.inspector import frases
from tests.archivo import muestras as mu

DANADA = "La imagen {} está dañada o incompleta: no se pudo leer."


def _png_con_texto_bomba() -> bytes:
    """Un comentario comprimido que mide cien megabytes al abrirse."""
    texto = b"Comment\x00\x00" + zlib.compress(b"\x00" * 100_000_000, 9)
    trozo = struct.pack(">I", len(texto)) + b"zTXt" + texto + struct.pack(">I", zlib.crc32(b"zTXt" + texto))
    entera = mu.imagen()
    return entera[:33] + trozo + entera[33:]


def _con_comentario(texto: str) -> bytes:
    nota = PngImagePlugin.PngInfo()
    nota.add_text("Comment", texto)
    return mu.imagen(pnginfo=nota)


HOSTILES = {
    "900 megapíxeles": ("foto.png", mu.png_inmenso(), frases.PIXELES.format(millones=40)),
    "png cortado": (
        "foto.png",
        mu.imagen()[:-30],
        "La imagen PNG está dañada o incompleta: no se pudo leer.",
    ),
    "jpeg con php": (
        "foto.jpg",
        mu.imagen("JPEG") + b"<?php system('id'); ?>",
        "La imagen trae escondido un programa PHP.",
    ),
    "jpeg con zip": (
        "foto.jpg",
        mu.imagen("JPEG") + mu.paquete({"a": "b"}),
        "La imagen trae escondido un archivo comprimido.",
    ),
    "png con pdf": ("foto.png", mu.imagen() + mu.pdf(), "La imagen trae escondido un PDF."),
    "jpeg cortado": ("foto.jpg", mu.imagen("JPEG", (200, 200))[:400], DANADA.format("JPEG")),
    "webp cortado": ("foto.webp", mu.imagen("WEBP", (200, 200))[:-20], DANADA.format("WEBP")),
    "png con un bit cambiado": ("foto.png", mu.imagen().replace(b"IDAT", b"IDAU"), DANADA.format("PNG")),
    "jpeg de png": (
        "foto.png",
        mu.imagen("JPEG"),
        "El archivo dice ser PNG pero su contenido es una foto JPEG.",
    ),
    "png con texto bomba": ("foto.png", _png_con_texto_bomba(), DANADA.format("PNG")),
    "png con html": (
        "foto.png",
        _con_comentario("<script>alert(1)</script>"),
        "La imagen trae escondido instrucciones de una página web.",
    ),
    "jpeg con html al final": (
        "foto.jpg",
        mu.imagen("JPEG") + b"<!DOCTYPE html><p>hola",
        "La imagen trae escondido una página HTML.",
    ),
    "webp con php": (
        "foto.webp",
        mu.imagen("WEBP") + b"<?php system('id');",
        "La imagen trae escondido un programa PHP.",
    ),
}
TOLERADOS = {
    "foto con lugar": ("visita.jpg", mu.foto_con_gps()),
    "foto con texto": ("foto.png", _con_comentario("onload=alert(1)")),
    "foto con cola": ("foto.jpg", mu.imagen("JPEG") + b"MZ\x90\x00 cola que nadie ejecuta"),
}
