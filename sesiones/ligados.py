"""Lo que otras aplicaciones hicieron nacer de un acuerdo o de un punto: se muestra junto a él."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from stl_portal.publico.registro import DE_ACUERDOS, DE_PUNTOS, Ligado

Fuente = Callable[[Collection[int]], Mapping[int, Sequence[Ligado]]]


def con_ligados(acuerdos: Sequence[Any]) -> Sequence[Any]:
    """Los mismos acuerdos; cada uno dice en `ligados` lo que nació de él."""
    return _poner(acuerdos, DE_ACUERDOS)


def puntos_con_ligados(puntos: Sequence[Any]) -> Sequence[Any]:
    """Los mismos puntos; cada uno dice en `ligados` lo que nació de él."""
    return _poner(puntos, DE_PUNTOS)


def _poner(filas: Sequence[Any], fuentes: Sequence[Fuente]) -> Sequence[Any]:
    hallados = [fuente([fila.pk for fila in filas]) for fuente in fuentes] if filas else []
    for fila in filas:
        fila.ligados = [ligado for de in hallados for ligado in de.get(fila.pk, ())]
    return filas
