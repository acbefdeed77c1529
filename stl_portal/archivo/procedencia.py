"""De qué página sale un archivo, para que quien lo lee pueda volver. Cada aplicación apunta las suyas."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .models import Archivo


@dataclass(frozen=True)
class Lugar:
    """Una página donde está el archivo y que esa cuenta puede abrir."""

    texto: str
    url: str


# (cuenta, archivo) → las páginas. Las aplicaciones agregan la suya desde `AppConfig.ready()`.
DE_DONDE: list[Callable[[Any, Archivo], Iterable[Lugar]]] = []


def lugares(usuario: Any, archivo: Archivo) -> list[Lugar]:
    """Las páginas donde está, primero a la que se vuelve; vacía si ninguna aplicación lo dice."""
    return [lugar for regla in DE_DONDE for lugar in regla(usuario, archivo)]
