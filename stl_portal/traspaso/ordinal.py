"""El número de cada renglón entre los que comparten las demás partes de su nombre: 1, 2, 3…

Casi ningún nombre se repite. Preguntar primero cuáles sí cuesta la quinta parte de que la base numere todos
los renglones, y solo hace falta un contador por cada nombre repetido.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count

from .recurso import ORDINAL, Recurso

Celdas = Sequence[Any]
Numerador = Callable[[list[Celdas]], Celdas]


def numerador(recurso: type[Recurso], campos: list[str]) -> Numerador | None:
    """Quien numera cada lote, dadas sus columnas en el orden de `campos`.

    Los lotes se le dan del primero al último, y todos: el número no cambia porque falten otros renglones.
    None si ese recurso no lleva ordinal.
    """
    if ORDINAL not in recurso.partes():
        return None
    grupo = [recurso.fields[parte].attname for parte in recurso.partes() if parte != ORDINAL]
    cuenta = dict.fromkeys(_repetidos(recurso, grupo), 0)
    lugares = [campos.index(campo) for campo in grupo]

    def numerar(columnas: list[Celdas]) -> Celdas:
        if not cuenta:
            return ["1"] * len(columnas[0])
        return [_siguiente(cuenta, nombre) for nombre in zip(*(columnas[n] for n in lugares), strict=True)]

    return numerar


def _repetidos(recurso: type[Recurso], grupo: list[str]) -> list[tuple[Any, ...]]:
    """Los nombres de más de un renglón."""
    con_cuenta = recurso.filas().order_by().values_list(*grupo).annotate(cuantos=Count("pk"))
    return [nombre[:-1] for nombre in con_cuenta.filter(cuantos__gt=1).iterator()]


def _siguiente(cuenta: dict[tuple[Any, ...], int], nombre: tuple[Any, ...]) -> str:
    """El que le toca; el de un nombre que nadie más lleva es siempre 1."""
    if nombre not in cuenta:
        return "1"
    cuenta[nombre] += 1
    return str(cuenta[nombre])
