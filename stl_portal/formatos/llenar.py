"""Llenar un formato con lo publicado en un periodo."""

import datetime as dt
from collections.abc import Iterator

from stl_portal.datos import filtros
from stl_portal.datos.formas import Forma
from stl_portal.datos.registro import Conjunto, Fila

from . import columnas
from .columnas import Periodo
from .models import Formato

FICTICIO = "ficticio"


def trimestre_anterior(al: dt.date) -> tuple[dt.date, dt.date]:
    """El último trimestre completo: lo que casi siempre se entrega (publicación al menos trimestral)."""
    primero = dt.date(al.year, 3 * ((al.month - 1) // 3) + 1, 1)
    ultimo = primero - dt.timedelta(days=1)
    return dt.date(ultimo.year, ultimo.month - 2, 1), ultimo


def escribir(formato: Formato, periodo: Periodo, organo: str, forma: Forma) -> Iterator[bytes]:
    """El archivo, por partes; sin `organo`, el de todos los reales."""
    conjunto = _exigir(formato)
    renglones = columnas.leer(formato.columnas, conjunto)
    como_se_entrega = columnas.con_formato(conjunto, renglones)
    return forma.escribir(
        como_se_entrega,
        columnas.filas(conjunto, renglones, periodo, del_periodo(formato, periodo, organo), formato.dia),
    )


def del_periodo(formato: Formato, periodo: Periodo, organo: str = "") -> Iterator[Fila]:
    """Las filas publicadas del conjunto con fecha en el periodo. Lo ficticio solo va si se pide su órgano.

    Lanza `FiltroMalo` si el órgano no existe.
    """
    conjunto = _exigir(formato)
    nombres = {filtro.nombre for filtro in conjunto.filtros}
    pedido = {"organo": organo} if organo and "organo" in nombres else {}
    valores = {f.nombre: filtros.valor(f, pedido[f.nombre]) for f in conjunto.filtros if f.nombre in pedido}
    if not organo and FICTICIO in nombres:
        valores[FICTICIO] = False
    n = conjunto.nombres.index(formato.fecha)
    for fila in filtros.Seleccion(conjunto, valores).filas():
        fecha = fila[n]
        if isinstance(fecha, dt.date) and periodo.desde <= fecha <= periodo.hasta:
            yield fila


def por_organo(formato: Formato) -> bool:
    """Si se puede pedir el de un solo órgano."""
    return any(filtro.nombre == "organo" for filtro in _exigir(formato).filtros)


def _exigir(formato: Formato) -> Conjunto:
    conjunto = formato.de
    if conjunto is None:
        raise LookupError(f"El conjunto «{formato.conjunto}» ya no existe.")
    return conjunto
