"""Importar los renglones de un solo recurso, con algo cambiado, y ver qué responde el motor."""

import io
from collections.abc import Iterable

from django.db import transaction

from stl_portal.traspaso import escritura, lectura
from stl_portal.traspaso.motor import Motor
from stl_portal.traspaso.recurso import Recurso
from stl_portal.traspaso.resultado import RECHAZADA, Resultado, descomprimir

Renglon = dict[str, str]


def renglones(recurso: type[Recurso]) -> list[Renglon]:
    """Los que se exportan hoy."""
    contenido = io.BytesIO(b"".join(escritura.en_csv(recurso)))
    hoja = next(lectura.hojas(contenido, lectura.CSV, recurso))
    return [dict(zip(recurso.encabezados(), celdas, strict=True)) for _, celdas in hoja.renglones]


def importar(recurso: type[Recurso], *filas: Renglon) -> Resultado:
    """Solo esas, y queda hecho."""
    celdas = [(n, list(fila.values())) for n, fila in enumerate(filas, start=2)]
    return Motor().importar([lectura.Hoja(recurso, celdas)])


def razones(recurso: type[Recurso], *filas: Renglon) -> list[str]:
    """Por qué no entran, y nada queda hecho; vacía si sí entrarían."""
    with transaction.atomic():
        resultado = importar(recurso, *filas)
        transaction.set_rollback(True)
    return list(_razones(resultado))


def _razones(resultado: Resultado) -> Iterable[str]:
    for tanda in resultado.tandas:
        for suceso in descomprimir(tanda):
            if suceso.que == RECHAZADA:
                yield from (f"{columna}: {razon}" if columna else razon for columna, razon in suceso.celdas)
