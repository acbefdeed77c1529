"""Lo que otras aplicaciones dicen de un acuerdo, de un punto o de un órgano: se muestra junto a él."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from stl_portal.publico.registro import DE_ACUERDOS, DE_ORGANOS, DE_PUNTOS, Ligado

Fuente = Callable[[Collection[int]], Mapping[int, Sequence[Ligado]]]


def con_ligados(acuerdos: Sequence[Any]) -> Sequence[Any]:
    """Los mismos acuerdos; cada uno dice en `ligados` lo que nació de él."""
    return _poner(acuerdos, DE_ACUERDOS)


def puntos_con_ligados(puntos: Sequence[Any]) -> Sequence[Any]:
    """Los mismos puntos; cada uno dice en `ligados` lo que nació de él."""
    return _poner(puntos, DE_PUNTOS)


def de_organo(organo: int) -> list[Ligado]:
    """Lo público que las demás aplicaciones tienen de ese órgano: su plan, sus informes."""
    return [ligado for fuente in DE_ORGANOS for ligado in fuente([organo]).get(organo, ())]


def _poner(filas: Sequence[Any], fuentes: Sequence[Fuente]) -> Sequence[Any]:
    hallados = [fuente([fila.pk for fila in filas]) for fuente in fuentes] if filas else []
    for fila in filas:
        fila.ligados = [ligado for de in hallados for ligado in de.get(fila.pk, ())]
    return filas
