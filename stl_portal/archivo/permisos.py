"""Quién puede descargar un archivo y quién subirlos en partes. Cada aplicación apunta su regla.

Si nadie dice que sí, no se puede, y lo que no se puede descargar no existe.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Archivo

# (cuenta, archivo) → bool. Las aplicaciones agregan la suya desde `AppConfig.ready()`.
ACCESO: list[Callable[[Any, Archivo], bool]] = []
# cuenta → bool: quién sube archivos en partes. Cada aplicación apunta la suya, como en `ACCESO`.
QUIEN_SUBE: list[Callable[[Any], bool]] = []
# (cuenta, archivo) → bool: quién lo lee aunque no sea público, y por eso puede pedir el original.
POR_DENTRO: list[Callable[[Any, Archivo], bool]] = []


@dataclass(frozen=True)
class Retirado:
    """Por qué un archivo que se publicó ya no se entrega, y qué lo sustituye."""

    frase: str
    url: str
    accion: str


# archivo → Retirado o None. Cada aplicación apunta la suya, como en `ACCESO`.
RETIRADOS: list[Callable[[Archivo], Retirado | None]] = []


def retirado(archivo: Archivo) -> Retirado | None:
    """Lo que se le dice a quien lo pide y ya no puede abrirlo; None si nunca fue público."""
    return next((dicho for regla in RETIRADOS if (dicho := regla(archivo))), None)


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Si alguna aplicación reconoce a la cuenta como quien puede ver el archivo."""
    return any(regla(usuario, archivo) for regla in ACCESO)


def puede_subir(usuario: Any) -> bool:
    """Si alguna aplicación espera archivos de esa cuenta."""
    return any(regla(usuario) for regla in QUIEN_SUBE)


def puede_ver_original(usuario: Any, archivo: Archivo) -> bool:
    """Si lo que recibe es el archivo tal como llegó: quien lo subió o quien lo lee por dentro."""
    if not usuario.is_authenticated:
        return False
    suyo = archivo.subido_por_id is not None and archivo.subido_por_id == usuario.pk
    return suyo or any(regla(usuario, archivo) for regla in POR_DENTRO)
