"""Lo que de un documento se puede leer sin abrirlo: sus celdas o su texto, como datos y nada activo.

Las hojas se leen con `python-calamine`, que no calcula fórmulas ni sigue vínculos.
"""

import csv
import datetime as dt
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from stl_portal.archivo.veredicto import ArchivoRechazado

from . import frases
from .paquetes import EXPANDIDO
from .textos import decodificar

RENGLONES, COLUMNAS, HOJAS = 200, 50, 30
CELDA = 400  # caracteres
TEXTO = 60_000
LECTURA = 4 * 1024 * 1024  # bytes de un texto; con eso sobran 200 renglones
CSV, TXT, ZIP = "text/csv", "text/plain", "application/zip"
Datos = dict[str, Any]
_PARRAFOS = {"p", "h"}
_BLANCOS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}


def vista(ruta: Path, mime: str) -> Datos:
    """`{"hojas": [...]}` o `{"texto": ..., "cortado": ...}`. Lanza `ArchivoRechazado`."""
    if mime == TXT:
        return _cortado(_leer_texto(ruta))
    if mime == CSV:
        return {"hojas": [_hoja("", _renglones_csv(_leer_texto(ruta)))], "formulas": False}
    try:
        if mime == ZIP:
            return {"hojas": [_hoja("", _indice(ruta))], "formulas": False}
        return _hojas(ruta) if "spreadsheet" in mime else _cortado("\n".join(_parrafos(ruta, mime)))
    except (zipfile.BadZipFile, ET.ParseError, KeyError) as error:
        raise ArchivoRechazado(frases.DANADO) from error


def _leer_texto(ruta: Path) -> str:
    """El principio del texto, cortado en un renglón completo cuando no cabe todo."""
    with ruta.open("rb") as abierto:
        contenido = abierto.read(LECTURA)
        if abierto.read(1):
            contenido = contenido[: contenido.rfind(b"\n") + 1]
    return decodificar(contenido)[0]


def _cortado(texto: str) -> Datos:
    return {"texto": texto[:TEXTO], "cortado": len(texto) > TEXTO}


def _renglones_csv(texto: str) -> Iterator[list[str]]:
    """Los renglones, con el separador que más aparece en el primero."""
    primero = texto.partition("\n")[0]
    separador = max(",;\t|", key=primero.count)
    csv.field_size_limit(LECTURA)
    try:
        yield from csv.reader(StringIO(texto), delimiter=separador)
    except csv.Error as error:
        raise ArchivoRechazado(frases.DANADO) from error


def _hojas(ruta: Path) -> Datos:
    """Las hojas visibles de un libro, con el último valor que guardó cada fórmula."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    try:
        with CalamineWorkbook.from_path(ruta) as libro:
            nombres = [h.name for h in libro.sheets_metadata if h.visible == SheetVisibleEnum.Visible]
            hojas = [_de_libro(libro.get_sheet_by_name(n)) for n in nombres[:HOJAS]]
            ocultas = len(libro.sheet_names) - len(nombres)
    except CalamineError as error:
        raise ArchivoRechazado(frases.DANADO) from error
    return {"hojas": hojas, "ocultas": ocultas, "formulas": _con_formulas(ruta)}


def _de_libro(hoja: Any) -> Datos:
    """Sus celdas, en qué fila empiezan y qué grupos están combinados (primera y última, desde cero)."""
    fila, columna = hoja.start or (0, 0)  # se lee desde la primera celda con algo
    combinadas = [
        [f0 - fila, c0 - columna, f1 - fila, c1 - columna]
        for (f0, c0), (f1, c1) in hoja.merged_cell_ranges or ()
        if f0 - fila < RENGLONES and c0 - columna < COLUMNAS
    ]
    return _hoja(hoja.name, hoja.to_python()) | {"primera": fila, "combinadas": combinadas}


def _hoja(nombre: str, renglones: Iterable[Sequence[Any]]) -> Datos:
    """Nombre, celdas como texto y cuánto no cupo."""
    pendientes = iter(renglones)
    primeros = [list(r) for r in islice(pendientes, RENGLONES)]
    sobran = sum(1 for _ in pendientes)
    ancho = max((len(r) for r in primeros), default=0)
    celdas = [[_celda(valor) for valor in r[:COLUMNAS]] for r in primeros]
    mayor = max((len(r) for r in celdas), default=0)
    return {
        "nombre": nombre,
        "renglones": [r + [""] * (mayor - len(r)) for r in celdas],
        "sobran_renglones": sobran,
        "sobran_columnas": max(0, ancho - COLUMNAS),
    }


def _celda(valor: Any) -> str:
    """El valor como se leería; los números, sin la cola de la aritmética binaria."""
    if isinstance(valor, bool):
        return "VERDADERO" if valor else "FALSO"
    if isinstance(valor, float):
        return format(valor, ".15g")
    if isinstance(valor, dt.datetime):
        return valor.isoformat(" ", "minutes").removesuffix(" 00:00")
    texto = str(valor)
    return texto if len(texto) <= CELDA else f"{texto[:CELDA]}…"


def _con_formulas(ruta: Path) -> bool:
    """Si alguna celda es una fórmula (`<f>` en Excel, `table:formula` en LibreOffice)."""
    with zipfile.ZipFile(ruta) as paquete:
        for entrada in paquete.infolist():
            if re.fullmatch(r"xl/worksheets/[^/]+\.xml|content\.xml", entrada.filename):
                with paquete.open(entrada) as parte:
                    if re.search(rb"<(?:\w+:)?f[ >]|table:formula=", parte.read(EXPANDIDO)):
                        return True
    return False


def _indice(ruta: Path) -> Iterator[list[str]]:
    """Qué archivos trae un ZIP y cuánto pesa cada uno."""
    yield ["Archivo", "Bytes"]
    with zipfile.ZipFile(ruta) as paquete:
        yield from ([e.filename, f"{e.file_size:,}"] for e in paquete.infolist() if not e.is_dir())


def _parrafos(ruta: Path, mime: str) -> Iterator[str]:
    """Los párrafos de un DOCX u ODT, hasta pasar del tope de texto."""
    principal = "content.xml" if "opendocument" in mime else "word/document.xml"
    escrito = 0
    with zipfile.ZipFile(ruta) as paquete, paquete.open(principal) as parte:
        for _, elemento in ET.iterparse(parte):  # noqa: S314  # la inspección rechazó las entidades
            if nombre_de(elemento) in _PARRAFOS:
                parrafo = "".join(letras(elemento))
                escrito += len(parrafo) + 1
                yield parrafo
                elemento.clear()
            if escrito > TEXTO:
                return


def letras(elemento: ET.Element) -> Iterator[str]:
    """El texto de un párrafo en su orden; en Word solo lo que está en `w:t` (no lo borrado ni los campos)."""
    nombre = nombre_de(elemento)
    if nombre in _BLANCOS:
        yield _BLANCOS[nombre]
    elif elemento.text and (nombre == "t" or "opendocument" in elemento.tag):
        yield elemento.text
    for hijo in elemento:
        yield from letras(hijo)
        if hijo.tail and "opendocument" in elemento.tag:
            yield hijo.tail


def nombre_de(elemento: ET.Element) -> str:
    """El nombre de la marca, sin su espacio de nombres."""
    return elemento.tag.rpartition("}")[2]
