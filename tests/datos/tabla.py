"""Un conjunto como lo lee quien lo descarga: cada fila por su identificador, con sus columnas por nombre."""

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from stl_portal.datos.filtros import leer
from stl_portal.datos.registro import Conjunto


def tabla(conjunto: Conjunto, pedido: str = "") -> dict[str, dict[str, Any]]:
    """Las filas que cumplen lo pedido («plan=2022-2024&anio=2022»); falla si un identificador se repite."""
    filas = list(leer(conjunto, QueryDict(pedido)).filas())
    por_id = {str(fila[0]): dict(zip(conjunto.nombres, fila, strict=True)) for fila in filas}
    assert len(por_id) == len(filas)
    return por_id


def una(conjunto: Conjunto, id_de_fila: str) -> Sequence[Any]:
    """La fila con ese identificador, buscada como en la interfaz de lectura; vacía si no es de nadie."""
    objetos = conjunto.de_id(conjunto.publicado(), id_de_fila)
    return next((fila for fila in conjunto.todas(objetos) if fila[0] == id_de_fila), ())
