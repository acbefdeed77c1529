"""Un conjunto como libro de Excel: la hoja de las filas y la del diccionario.

Se escribe fila por fila a un archivo temporal (`write_only`), que desaparece al terminar de enviarse.
"""

import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, ILLEGAL_CHARACTERS_RE

from stl_portal.formula import neutro

from .escritura import hora, instante
from .registro import Conjunto, Fila, Tipo

TIPO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POR_HOJA = 1_000_000  # caben 1 048 576
CABEN = 32_767  # caracteres en una celda; lo más largo se corta con «…» y está entero en CSV y JSON
BLOQUE = 64 * 1024
PRIMER_DIA = dt.date(1900, 3, 1)  # antes, Excel cuenta mal los días: la fecha va como texto
DEL_DICCIONARIO = ("columna", "titulo", "tipo", "unidad", "descripcion", "valores")


def escribir(conjunto: Conjunto, filas: Iterable[Fila]) -> Iterator[bytes]:
    """Los bytes del libro, por partes."""
    with tempfile.TemporaryFile() as archivo:
        libro = Workbook(write_only=True)
        _con_filas(libro, conjunto, filas)
        _con_diccionario(libro, conjunto)
        libro.save(archivo)
        archivo.seek(0)
        while bloque := archivo.read(BLOQUE):
            yield bloque


def _con_filas(libro: Any, conjunto: Conjunto, filas: Iterable[Fila]) -> None:
    """La hoja se llama como el conjunto; si no caben, siguen en otra."""
    conversores = [_CELDA.get(c.tipo, _igual) for c in conjunto.columnas]
    hoja = _hoja(libro, conjunto.clave, conjunto.nombres)
    for n, fila in enumerate(filas):
        if n and n % POR_HOJA == 0:
            hoja = _hoja(libro, f"{conjunto.clave} {n // POR_HOJA + 1}", conjunto.nombres)
        hoja.append([None if c is None else de(hoja, c) for de, c in zip(conversores, fila, strict=True)])


def _hoja(libro: Any, nombre: str, columnas: tuple[str, ...]) -> Any:
    """Con su primera línea, que no se mueve al bajar."""
    hoja = libro.create_sheet(nombre[:31])
    hoja.freeze_panes = "A2"
    hoja.append(columnas)
    return hoja


def _con_diccionario(libro: Any, conjunto: Conjunto) -> None:
    hoja = _hoja(libro, "diccionario", DEL_DICCIONARIO)
    for columna in conjunto.columnas:
        valores = "; ".join(f"{valor}: {dicho}" for valor, dicho in columna.valores)
        dichos = (columna.nombre, columna.titulo, columna.tipo.dicho, columna.unidad, columna.descripcion)
        hoja.append([_texto(hoja, dicho) for dicho in chain(dichos, (valores,))])


def _texto(hoja: Any, valor: str) -> Any:
    """Sin los caracteres de control que el formato no admite, y nunca como fórmula ni como error."""
    limpio = neutro(ILLEGAL_CHARACTERS_RE.sub("\ufffd", valor))
    if len(limpio) > CABEN:
        limpio = f"{limpio[: CABEN - 1]}…"
    if limpio in ERROR_CODES:
        celda = WriteOnlyCell(hoja, limpio)
        celda.data_type = "s"
        return celda
    return limpio


def _fecha(hoja: Any, valor: dt.date) -> Any:
    return valor if valor >= PRIMER_DIA else valor.isoformat()


def _instante(hoja: Any, valor: dt.datetime) -> str:
    """Como texto: Excel no guarda la diferencia con UTC."""
    return instante(valor)


def _hora(hoja: Any, valor: dt.time | str) -> str:
    return hora(valor)


def _igual(hoja: Any, valor: Any) -> Any:
    return valor


_CELDA: dict[Tipo, Callable[[Any, Any], Any]] = {
    Tipo.TEXTO: _texto,
    Tipo.LIGA: _texto,
    Tipo.FECHA: _fecha,
    Tipo.INSTANTE: _instante,
    Tipo.HORA: _hora,
}
