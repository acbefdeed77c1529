"""Una sola forma de escribir cada documento: la misma información da siempre los mismos bytes."""

import hashlib
import unicodedata
from typing import Any

import rfc8785


def canonico(documento: Any) -> bytes:
    """JSON canónico (RFC 8785) en UTF-8, con todo texto normalizado a NFC antes de escribirse.

    Admite lo que JSON admite; fechas, horas y decimales se pasan ya como texto. Lanza `ValueError`
    ante lo que no tiene una sola escritura: enteros de más de 2^53 - 1, NaN, otros tipos, o dos
    claves que al normalizarse resultan la misma.
    """
    return rfc8785.dumps(normalizado(documento))


def huella(contenido: bytes) -> str:
    """SHA-256 en 64 cifras hexadecimales minúsculas."""
    return hashlib.sha256(contenido).hexdigest()


def normalizado(valor: Any) -> Any:
    """La misma estructura con sus textos en NFC: «ó» no depende del teclado que la escribió."""
    if isinstance(valor, str):
        return unicodedata.normalize("NFC", valor)
    if isinstance(valor, dict):
        return _claves_normalizadas(valor)
    if isinstance(valor, list | tuple):
        return [normalizado(v) for v in valor]
    if isinstance(valor, float) and valor.is_integer() and 2**53 <= abs(valor) < 10**21:
        # Se escribe con todas sus cifras: al leerlo sería un entero de los que no se admiten.
        raise ValueError("Un número del documento no tiene una sola escritura.")
    return valor


def _claves_normalizadas(valor: dict[Any, Any]) -> dict[Any, Any]:
    """Lanza `ValueError` si dos claves eran la misma con otra escritura: una borraría a la otra."""
    nuevo = {normalizado(clave): normalizado(v) for clave, v in valor.items()}
    if len(nuevo) != len(valor):
        raise ValueError("Dos claves del documento son la misma al normalizarlas.")
    return nuevo
