"""Leer un PDF ajeno: lo que falle al interpretarlo es un archivo ilegible, nunca un error del portal."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from stl_portal.firma import errores

bitacora = logging.getLogger(__name__)


@contextmanager
def legible() -> Iterator[None]:
    """Convierte en `PdfIlegible` cualquier tropiezo con los bytes; los rechazos propios pasan tal cual.

    Un archivo dañado hace fallar a pyHanko de muchas maneras (compresión, ASN.1, recursión); enumerarlas
    dejaría siempre una fuera.
    """
    try:
        yield
    except errores.FirmaRechazada:
        raise
    except Exception as motivo:
        # Solo la clase: el texto de la excepción puede citar el certificado.
        bitacora.warning("No se pudo leer un PDF: %s", type(motivo).__name__)
        raise errores.PdfIlegible from motivo
