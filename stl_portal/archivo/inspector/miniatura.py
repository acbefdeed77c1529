"""Dibuja en pequeño la primera página de un PDF o una imagen, para reconocerla en una lista."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from .imagenes import abrir

ANCHO, ALTO = 320, 416  # píxeles: una hoja carta al doble de como se ve, para pantallas densas
PDF = "application/pdf"
PUNTOS = 60  # por pulgada; una hoja carta queda un poco más grande que la miniatura


def miniatura(ruta: Path, mime: str) -> bytes:
    """La miniatura en WEBP, sobre blanco y sin metadatos. Lanza `ArchivoRechazado`."""
    chica = _primera_pagina(ruta) if mime == PDF else _sobre_blanco(abrir(ruta, mime))
    chica.thumbnail((ANCHO, ALTO))
    salida = BytesIO()
    chica.save(salida, "WEBP", quality=80)
    return salida.getvalue()


def _primera_pagina(ruta: Path) -> Image.Image:
    from stl_portal.archivo.testador import paginas

    with paginas.abrir(ruta) as documento:
        return paginas.dibujar(paginas.pagina_de(documento, 1), PUNTOS, pixeles=ANCHO * ALTO * 4)


def _sobre_blanco(imagen: Any) -> Image.Image:
    """Lo transparente, sobre blanco: así se ve igual en claro y en oscuro."""
    imagen = imagen.convert("RGBA")
    fondo = Image.new("RGB", imagen.size, "white")
    fondo.paste(imagen, mask=imagen.getchannel("A"))
    return fondo
