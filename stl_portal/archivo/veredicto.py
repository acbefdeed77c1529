"""Lo que dice la inspección: un veredicto o un rechazo con su frase. Sin Django: lo usa el proceso hijo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Veredicto:
    """El archivo es lo que dice ser."""

    tipo: str  # tipo de contenido con que se entrega, de la tabla y nunca del navegador
    paginas: int | None = None
    advertencias: tuple[str, ...] = ()


class ArchivoRechazado(Exception):
    """El archivo no se acepta. La frase se muestra junto al campo."""

    def __init__(self, frase: str) -> None:
        """Guarda la frase que leerá la persona."""
        super().__init__(frase)
        self.frase = frase
