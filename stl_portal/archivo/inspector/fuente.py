"""De dónde lee un lector: un archivo en disco, o la pieza de un ZIP que solo está en memoria."""

from io import BytesIO
from pathlib import Path
from typing import BinaryIO


class Pieza(BytesIO):
    """Lo que un lector usa de `Path`, sobre bytes: el proceso hijo no puede escribir en disco."""

    def open(self, modo: str = "rb") -> BinaryIO:
        """Otra lectura desde el principio; comparte los bytes, no los copia."""
        return BytesIO(self.getvalue())

    def read_bytes(self) -> bytes:
        """Todo el contenido."""
        return self.getvalue()


Fuente = Path | Pieza
