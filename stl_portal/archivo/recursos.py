"""Lo que se sabe de cada archivo recibido; el archivo mismo no viaja aquí: se copia con el almacén."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.con_forma import ConForma, lista_de
from stl_portal.traspaso.recurso import ORDINAL, Recurso

from . import almacen
from .models import Archivo, CopiaPublica, ZonaTestada

_HUELLA = re.compile(r"[0-9a-f]{64}")


class Archivos(Recurso):
    """Un archivo se nombra por su huella y debe estar ya en el almacén."""

    clave = "archivos"
    nombre = "Archivos"
    descripcion = "Lo que se sabe de cada archivo. Los archivos mismos se copian aparte, antes de importar."
    modelo = Archivo
    llave = ("huella",)
    fijas = {"tamano": "Lo dice el archivo mismo."}

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Uno nuevo, solo si el almacén lo tiene y pesa lo que dice."""
        if antes is not None:
            return
        huella = ahora["huella"]
        if not _HUELLA.fullmatch(huella):
            yield "huella", "No es una huella SHA-256 en hexadecimal."
            return
        pesa = almacen.pesa(huella)
        if pesa is None:
            yield (
                "huella",
                f"El archivo «{ahora['nombre']}» no está en el almacén: cópialo antes de importar.",
            )
        elif pesa != ahora["tamano"]:
            yield "tamano", f"El que está en el almacén pesa {pesa} bytes."


class ZonasTestadas(Colgado):
    """Lo que de un archivo no se publica: lo ya testado aquí no se mueve ni se quita con un archivo."""

    clave = "archivos-zonas-testadas"
    nombre = "Zonas testadas de los archivos"
    descripcion = "Un rectángulo de una página que no se publica, con su fundamento."
    modelo = ZonaTestada
    llave = ("archivo", ORDINAL)
    raiz = Archivo
    camino = "archivo"
    solo_con_ella = True


class CopiasPublicas(ConForma, Colgado):
    """La copia sin lo testado, por su huella: la que ya se publica no se cambia por otra."""

    clave = "archivos-copias-publicas"
    nombre = "Copias públicas de los archivos"
    descripcion = "La copia de un archivo sin lo que se testó."
    modelo = CopiaPublica
    formas = {"zonas": lista_de(pagina=int, motivo=str, fundamento=str)}
    llave = ("original", ORDINAL)
    raiz = Archivo
    camino = "original"
    solo_con_ella = True
