"""Numeración de renglones citables: «acta, renglón 41»."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Renglon:
    """Un renglón impreso: su número en el documento, su página (desde 1), su texto y su bloque.

    `ancla` es el `id` del bloque más cercano que lo contiene, o vacío si ninguno tiene.
    """

    numero: int
    pagina: int
    texto: str
    ancla: str
