"""Qué se ve de un archivo dentro del portal, según su tipo, sin que nada suyo se ejecute."""

from typing import Any

from . import derivados
from .inspeccion import vista
from .models import Archivo

VISTAS = "vistas"
PDF, IMAGEN, VIDEO, AUDIO, DOCUMENTO = "pdf", "imagen", "video", "audio", "documento"
_POR_FAMILIA = {"image": IMAGEN, "video": VIDEO, "audio": AUDIO}


def clase(archivo: Archivo) -> str:
    """Con qué se muestra: el visor del navegador, sus controles, o sus celdas y su texto como datos."""
    if archivo.tipo == "application/pdf":
        return PDF
    return _POR_FAMILIA.get(archivo.tipo.partition("/")[0], DOCUMENTO)


def leer(archivo: Archivo) -> dict[str, Any]:
    """Las hojas o el texto de un documento (`inspector/vista.py`), o `{"rechazo": …}` si no se pudo leer.

    Lanza `FileNotFoundError` si falta el original y `ArchivoRechazado` si leerlo tarda u ocupa demasiado.
    """
    leido: dict[str, Any] = derivados.leer(archivo, VISTAS, vista)
    return leido


def huella_de_la_copia(archivo: Archivo) -> str:
    """La de la imagen sin metadatos, que no es la del archivo recibido. Lanza lo mismo que `leer`."""
    return derivados.huella_de_la_copia_limpia(archivo)
