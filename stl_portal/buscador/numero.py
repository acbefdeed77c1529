"""El número de cada lugar del índice: con él se ordena y se acota por año sin leer nada más.

De mayor a menor valor: si es real (1 bit), el día (20) y la huella de la clave (41). Cabe en el entero con
signo de las dos bases. Si dos claves del mismo día dieran la misma huella, la segunda toma el número que
sigue (`reindexar.py`): ninguna ocupa el lugar de otra.
"""

import datetime as dt
import hashlib

DE_LA_CLAVE = 41
DEL_DIA = 20
REAL = 1 << (DE_LA_CLAVE + DEL_DIA)
SIN_FECHA = ((1 << DEL_DIA) - 1) << DE_LA_CLAVE
ANIO_MINIMO, ANIO_MAXIMO = 1900, 2100

Tramo = tuple[int, int]


def numero(clave: str, fecha: dt.date | None, *, ficticio: bool) -> int:
    """El que le toca a esa clave. Lo que no tiene fecha (un municipio, un compromiso) está al día."""
    huella = int.from_bytes(hashlib.sha256(clave.encode()).digest()[:8], "big") >> (64 - DE_LA_CLAVE)
    dia = fecha.toordinal() << DE_LA_CLAVE if fecha else SIN_FECHA
    return (0 if ficticio else REAL) | dia | huella


def siguiente(numero: int) -> int:
    """El que sigue, del mismo día: tras el último, el primero."""
    huella = (numero + 1) & ((1 << DE_LA_CLAVE) - 1)
    return numero >> DE_LA_CLAVE << DE_LA_CLAVE | huella


def mismo_dia(uno: int, otro: int) -> bool:
    """Si son del mismo día y los dos reales o los dos ficticios."""
    return uno >> DE_LA_CLAVE == otro >> DE_LA_CLAVE


def es_real(numero: int) -> bool:
    """Si es de algo que no es ficticio."""
    return numero >= REAL


def entre(base: int, anio: int | None) -> Tramo:
    """Entre qué números está lo de ese año; `base` es `REAL` o, de lo ficticio, 0. Sin año, todo lo suyo."""
    if anio is None:
        return base, base | (REAL - 1)
    desde = dt.date(anio, 1, 1).toordinal() << DE_LA_CLAVE
    hasta = ((dt.date(anio, 12, 31).toordinal() + 1) << DE_LA_CLAVE) - 1
    return base | desde, base | hasta


def tramos(anio: int | None) -> list[Tramo]:
    """Entre qué números está lo de ese año, primero lo real; sin año, todo en un solo tramo."""
    return [(0, 2 * REAL - 1)] if anio is None else [entre(REAL, anio), entre(0, anio)]
