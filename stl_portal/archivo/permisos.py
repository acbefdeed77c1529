"""Quién puede descargar un archivo. Cada aplicación apunta su regla; si nadie dice que sí, no existe."""

from collections.abc import Callable
from typing import Any

from .models import Archivo

# (cuenta, archivo) → bool. Las aplicaciones agregan la suya desde `AppConfig.ready()`.
ACCESO: list[Callable[[Any, Archivo], bool]] = []


def puede_abrir(usuario: Any, archivo: Archivo) -> bool:
    """Si alguna aplicación reconoce a la cuenta como quien puede ver el archivo."""
    return any(regla(usuario, archivo) for regla in ACCESO)
