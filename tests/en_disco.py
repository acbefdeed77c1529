"""Dónde está un archivo guardado, para las pruebas que lo dañan o lo quitan a mano."""

from pathlib import Path

from stl_portal.archivo import almacen
from stl_portal.archivo.models import Archivo


def ruta_de(archivo: Archivo) -> Path:
    """Su lugar definitivo, con el depósito en disco."""
    return almacen.raiz() / archivo.ruta
