"""La única hoja de un libro XLSX, con cada celda como se escribiría en el CSV.

Quien la lee aparta lugar para todas las celdas entre la primera y la última: un solo dato en la esquina de
abajo son diecisiete mil millones. Por eso antes se recorre el libro sin guardar nada, para saber hasta dónde
llega.
"""

import datetime as dt
import math
import re
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.parsers import expat

from .comprimido import DANADO, ArchivoIlegible, abierto, legible
from .nombrados import nombrar

CABEN = 5_000_000  # celdas, contando las vacías de en medio: unos 150 MB
COLUMNAS = 300  # más que las de cualquier recurso
DEMASIADAS = (
    "La hoja es demasiado grande: llega hasta la columna {columna} y el renglón {renglon}. Borra lo que esté "
    "lejos de los datos, o guárdala como CSV UTF-8."
)
_CON_CELDAS = b"sheetData"
_PEDAZO = 1024 * 1024
_LUGAR = re.compile(r"([A-Za-z]{1,3})?([0-9]{1,9})?")


def renglones(archivo: BinaryIO) -> Iterator[list[str]]:
    """Los de la hoja, desde la primera celda aunque arriba o a la izquierda esté vacío.

    Lanza `ArchivoIlegible`.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    with abierto(archivo) as comprimido:
        _exigir_que_quepa(comprimido)
    archivo.seek(0)
    try:
        libro = CalamineWorkbook.from_filelike(archivo)
        if len(libro.sheet_names) != 1:
            cuantas, nombres = len(libro.sheet_names), nombrar(libro.sheet_names)
            raise ArchivoIlegible(f"El libro trae {cuantas} hojas ({nombres}): deja una.")
        hoja = libro.get_sheet_by_index(0)
        a_la_izquierda = [""] * (hoja.start[1] if hoja.start else 0)
        for linea in hoja.iter_rows():
            yield [*a_la_izquierda, *map(_como_texto, linea)]
    except CalamineError as error:
        raise ArchivoIlegible("El libro está dañado o tiene contraseña.") from error


def _como_texto(celda: Any) -> str:
    """Lo que una hoja de cálculo guardó como número, fecha o sí/no, escrito como en el CSV."""
    if isinstance(celda, bool):
        return "true" if celda else "false"
    if isinstance(celda, float):
        entero = math.isfinite(celda) and celda == int(celda)
        return str(int(celda)) if entero else repr(celda)
    if isinstance(celda, dt.datetime | dt.date | dt.time):
        return celda.isoformat()
    return str(celda)


def _exigir_que_quepa(comprimido: zipfile.ZipFile) -> None:
    """Recorre sus partes; cualquiera puede ser la hoja, se llame como se llame. Lanza `ArchivoIlegible`."""
    for entrada in comprimido.infolist():
        alcance = _Alcance()
        with legible(), comprimido.open(entrada) as parte:
            alcance.recorrer(parte)
        if alcance.columna > COLUMNAS or alcance.columna * alcance.renglon > CABEN:
            raise ArchivoIlegible(DEMASIADAS.format(columna=alcance.columna, renglon=alcance.renglon))


class _Alcance:
    """Hasta qué renglón y qué columna llega una hoja."""

    def __init__(self) -> None:
        self.renglon = self.columna = self._van = 0

    def recorrer(self, parte: Any) -> None:
        """Lo que no es XML no es una hoja, salvo que otro lector menos estricto la encuentre ahí."""
        lector = expat.ParserCreate()
        lector.StartElementHandler = self._empieza
        lector.StartDoctypeDeclHandler = _con_definiciones
        es_xml, cola = True, b""
        while pedazo := parte.read(_PEDAZO):
            if es_xml:
                try:
                    lector.Parse(pedazo, False)
                except expat.ExpatError:
                    es_xml = False
            if not es_xml and _CON_CELDAS in cola + pedazo:
                raise ArchivoIlegible(DANADO)
            cola = pedazo[-len(_CON_CELDAS) :]

    def _empieza(self, etiqueta: str, atributos: dict[str, str]) -> None:
        cual = etiqueta.rpartition(":")[2]
        if cual == "row":
            self.renglon, self._van = max(self.renglon + 1, _lugar(atributos)[1]), 0
        elif cual == "c":
            columna, renglon = _lugar(atributos)
            self._van = columna or self._van + 1
            self.columna, self.renglon = max(self.columna, self._van), max(self.renglon, renglon)


def _con_definiciones(*args: Any) -> None:
    """Lo que define entidades no se abre: unas cuantas líneas pueden volverse gigas."""
    raise ArchivoIlegible(DANADO)


def _lugar(atributos: dict[str, str]) -> tuple[int, int]:
    """De «C7», columna 3 y renglón 7; cero lo que no diga."""
    dicho = _LUGAR.fullmatch(atributos.get("r", ""))
    letras, numero = dicho.groups() if dicho else (None, None)
    columna = 0
    for letra in (letras or "").upper():
        columna = columna * 26 + ord(letra) - 64
    return columna, int(numero or 0)
