"""Las novedades de todas las aplicaciones, de la más reciente a la más vieja."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from .registro import NOVEDADES, Novedad, Pedido


def recoger(pedido: Pedido, clases: Collection[str] = ()) -> list[Novedad]:
    """Las pedidas, de todas las clases o solo de esas; a lo más `pedido.tope`."""
    todas = list(_de_cada_clase(pedido, clases or NOVEDADES))
    # Lo de un mismo instante no tiene orden propio: el identificador hace que siempre salga igual.
    todas.sort(key=lambda novedad: (novedad.cuando, novedad.identidad), reverse=True)
    return todas[: pedido.tope]


def _de_cada_clase(pedido: Pedido, clases: Collection[str]) -> Iterator[Novedad]:
    for clave in clases:
        for novedad in NOVEDADES[clave].dar(pedido):
            yield replace(novedad, clase=clave)
