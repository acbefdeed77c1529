"""En qué orden se recorre el tiempo en PostgreSQL: primero lo real y de hoy hacia atrás, por tramos.

A lo que está en todas partes le basta el primer paso; lo que está en pocas se halla con los que siguen. De lo
que no llega a hacer falta no se lee nada. Son pocos pasos: cada uno vuelve a leer la lista de cada palabra.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.db import connection

from stl_portal.buscador.indice import FINO, GRUESO, TABLA, de_tramo
from stl_portal.buscador.numero import REAL, SIN_FECHA, Tramo, entre

CADA_VEZ = (3, 12)  # tramos finos de los primeros pasos, tres meses y un año; después, todo lo demás
_DE_UNO_GRUESO = GRUESO - FINO


class Paso(NamedTuple):
    """Las palabras de unos tramos seguidos, y entre qué números está lo que se pide de ellos."""

    palabras: list[str]
    desde: int
    hasta: int


def pasos(anio: int | None) -> list[Paso]:
    """Los de ese año, o los de todo lo que hay; ninguno si no hay nada."""
    return [paso for base, hay in _extremos().items() if hay for paso in _de(base, hay, anio)]


def _de(base: int, hay: Tramo, anio: int | None) -> Iterator[Paso]:
    """Los de lo real o los de lo ficticio: con el primero va lo que no tiene fecha."""
    desde, hasta = entre(base, anio)
    sin_fecha = [de_tramo((base | SIN_FECHA) >> FINO, FINO)] if anio is None else []
    antiguo, reciente = max(hay[0], desde), min(hay[1], hasta)
    for palabras in hacia_atras(reciente, antiguo) if antiguo <= reciente else [[]]:
        if sin_fecha or palabras:
            yield Paso(sin_fecha + palabras, desde, hasta)
        sin_fecha = []


def hacia_atras(reciente: int, antiguo: int) -> Iterator[list[str]]:
    """Las palabras de los tramos que van de un número a otro, paso por paso."""
    aqui, fin = reciente >> FINO, antiguo >> FINO
    for cuantos in CADA_VEZ:
        hasta = max(fin, aqui - cuantos + 1)
        if hasta <= aqui:
            yield [de_tramo(n, FINO) for n in range(aqui, hasta - 1, -1)]
        aqui = hasta - 1
    if aqui < fin:
        return
    grueso = max(fin, aqui >> _DE_UNO_GRUESO << _DE_UNO_GRUESO)  # donde empieza el tramo grueso de aquí
    finos = [de_tramo(n, FINO) for n in range(aqui, grueso - 1, -1)]
    gruesos = range((grueso - 1) >> _DE_UNO_GRUESO, (fin >> _DE_UNO_GRUESO) - 1, -1) if grueso > fin else ()
    yield [*finos, *(de_tramo(n, GRUESO) for n in gruesos)]


def _extremos() -> dict[int, Tramo | None]:
    """El primer y el último número de lo real y de lo ficticio, con fecha si la hay; None si nada."""
    minimo = f'(SELECT min(numero) FROM "{TABLA}" WHERE numero >= %s AND numero < %s)'  # noqa: S608 -- del modelo
    maximo = f'(SELECT max(numero) FROM "{TABLA}" WHERE numero >= %s AND numero < %s)'  # noqa: S608 -- del modelo
    limites = [
        limite
        for base in (REAL, 0)
        for limite in (base, base + REAL, base, base | SIN_FECHA)  # de todo; de lo que tiene fecha
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {minimo}, {maximo}, {minimo}, {maximo}", limites)
        primero_real, ultimo_real, primero, ultimo = cursor.fetchone()
    real, ficticio = (primero_real, ultimo_real or primero_real), (primero, ultimo or primero)
    return {REAL: real if primero_real else None, 0: ficticio if primero is not None else None}
