"""Quién puede descargar un archivo. Cada aplicación apunta su regla; si nadie dice que sí, no existe."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Archivo

# (cuenta, archivo) → bool. Las aplicaciones agregan la suya desde `AppConfig.ready()`.
ACCESO: list[Callable[[Any, Archivo], bool]] = []


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
