"""Lo que se obtiene de un archivo: se hace la primera vez, de su ruta y su tipo, y se conserva."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import almacen, deposito
from .inspeccion import imagen_limpia
from .models import Archivo

LIMPIAS = "limpias"
Hacer = Callable[[Path, str], bytes]


def nombre(archivo: Archivo, carpeta: str, hacer: Hacer) -> str:
    """Con qué nombre está en el depósito.

    Lanza `FileNotFoundError` si falta el original y `ArchivoRechazado` si no se pudo hacer.
    """
    suyo, guarda = f"{carpeta}/{archivo.huella}", deposito.actual()
    try:
        guarda.size(suyo)
    except FileNotFoundError:
        with almacen.a_la_mano(archivo) as original:
            original.stat()  # del disco no se sabe hasta mirar
            contenido = hacer(original, archivo.tipo)
        with almacen.pendiente() as ruta:
            ruta.write_bytes(contenido)
            guarda.colocar(ruta, suyo)
    return suyo


def leer(archivo: Archivo, carpeta: str, hacer: Hacer) -> Any:
    """Su contenido, escrito en JSON. Lanza lo mismo que `nombre`."""
    with deposito.actual().abrir(nombre(archivo, carpeta, hacer)) as abierto:
        return json.load(abierto)


def copia_limpia(archivo: Archivo) -> str:
    """El nombre de la copia de una imagen sin metadatos: la que se muestra y la que recibe cualquiera."""
    return nombre(archivo, LIMPIAS, imagen_limpia)


def huella_de_la_copia_limpia(archivo: Archivo) -> str:
    """La de sus bytes, que no es la del archivo recibido. Lanza lo mismo que `nombre`."""
    return almacen.huella_abierta(deposito.actual().abrir(copia_limpia(archivo)))
