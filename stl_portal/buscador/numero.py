"""El número de cada lugar del índice: con él se ordena y se acota por año sin leer nada más.

De mayor a menor valor: si es real (1 bit), el día (20) y la huella de la clave (41). Cabe en el entero con
signo de las dos bases, y la misma clave con la misma fecha siempre da el mismo número.
"""

import datetime as dt
import hashlib

DE_LA_CLAVE = 41
DEL_DIA = 20
REAL = 1 << (DE_LA_CLAVE + DEL_DIA)
ANIO_MINIMO, ANIO_MAXIMO = 1900, 2100

Tramo = tuple[int, int]


def numero(clave: str, fecha: dt.date | None, *, ficticio: bool) -> int:
    """El de esa clave. Lo que no tiene fecha (un municipio, un compromiso) está al día: va primero."""
    huella = int.from_bytes(hashlib.sha256(clave.encode()).digest()[:8], "big") >> (64 - DE_LA_CLAVE)
    dia = fecha.toordinal() if fecha else (1 << DEL_DIA) - 1
    return (0 if ficticio else REAL) | dia << DE_LA_CLAVE | huella


def es_real(numero: int) -> bool:
    """Si es de algo que no es ficticio."""
    return numero >= REAL


def tramos(anio: int | None) -> list[Tramo]:
    """Entre qué números está lo de ese año, primero lo real; sin año, todo en un solo tramo."""
    if anio is None:
        return [(0, 2 * REAL - 1)]
    desde = dt.date(anio, 1, 1).toordinal() << DE_LA_CLAVE
    hasta = ((dt.date(anio, 12, 31).toordinal() + 1) << DE_LA_CLAVE) - 1
    return [(REAL | desde, REAL | hasta), (desde, hasta)]
