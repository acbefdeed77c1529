"""Las formas en que se descarga un conjunto: CSV, JSON, XLSX y, si trae lugares, GeoJSON.

Cada una recibe las filas y da bytes por partes: la memoria no crece con el conjunto. Las fechas van en
ISO 8601 y nunca hay un renglón de total.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils import timezone

from stl_portal.formula import neutro

from . import libro
from .escritura import hora, instante, numero, si_no
from .registro import Columna, Conjunto, Fila, Tipo

LOTE = 1000  # filas que se escriben juntas
# Sin la marca, Excel en Windows lee un CSV de UTF-8 con la codificación del equipo y estropea los acentos;
# LibreOffice, pandas y readr la entienden.
MARCA = "\ufeff"
_SOSPECHOSOS = frozenset(("=", "+", "-", "@", "\t", "\r", "'"))


@dataclass(frozen=True)
class Forma:
    """Un formato: su terminación, su tipo de HTTP, cómo se llama y cómo se escribe."""

    extension: str
    tipo: str
    nombre: str
    para: str  # con qué se abre
    escribir: Callable[[Conjunto, Iterable[Fila]], Iterator[bytes]]
    adjunta: bool  # se guarda en vez de abrirse en el navegador


def por_lotes(filas: Iterable[Fila], cuantas: int = LOTE) -> Iterator[list[Fila]]:
    """De `cuantas` en `cuantas`; la última tanda puede traer menos."""
    recorrido = iter(filas)
    while tanda := list(islice(recorrido, cuantas)):
        yield tanda


def en_csv(conjunto: Conjunto, filas: Iterable[Fila]) -> Iterator[bytes]:
    """RFC 4180 en UTF-8: la primera línea son los nombres de las columnas; ninguna celda es fórmula."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, lineterminator="\r\n")
    salida.write(MARCA)
    escritor.writerow([neutro(nombre) for nombre in conjunto.nombres])
    yield _tomar(salida)
    for tanda in por_lotes(filas):
        # Columna por columna, y no celda por celda: se decide una vez por tanda cómo se escribe cada una.
        columnas = zip(conjunto.columnas, zip(*tanda, strict=True), strict=True)
        escritor.writerows(zip(*(_celdas(c, celdas) for c, celdas in columnas), strict=True))
        yield _tomar(salida)


def _tomar(salida: io.StringIO) -> bytes:
    """Lo escrito desde la última vez."""
    escrito = salida.getvalue().encode()
    salida.seek(0)
    salida.truncate()
    return escrito


def _celdas(columna: Columna, celdas: Sequence[Any]) -> Sequence[Any]:
    """Como se escriben en un CSV; None es la celda vacía, y `csv` ya escribe enteros y fechas como deben."""
    if columna.tipo in (Tipo.ENTERO, Tipo.FECHA):
        return celdas
    if columna.tipo is Tipo.INSTANTE:
        zona = timezone.get_default_timezone()
        return [None if c is None else c.astimezone(zona).isoformat(timespec="seconds") for c in celdas]
    escribir = _EN_CSV.get(columna.tipo)
    if escribir is not None:
        return [None if c is None else escribir(c) for c in celdas]
    return [neutro(c) if c is not None and c[:1] in _SOSPECHOSOS else c for c in celdas]


_EN_CSV: dict[Tipo, Callable[[Any], str]] = {
    Tipo.INSTANTE: instante,
    Tipo.HORA: hora,
    Tipo.NUMERO: numero,
    Tipo.SI_NO: si_no,
}


def como_texto(tipo: Tipo, valor: Any) -> str:
    """El valor como se lee en cualquier forma."""
    escribir = _EN_CSV.get(tipo)
    return str(valor) if escribir is None else escribir(valor)


def en_json(conjunto: Conjunto, filas: Iterable[Fila]) -> Iterator[bytes]:
    """Una lista de objetos, uno por fila, con las columnas como claves; lo que falta es `null`."""
    codificar = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    antes = "["
    for tanda in por_lotes(filas):
        objetos = ",\n".join(codificar(objeto(conjunto, fila)) for fila in tanda)
        yield f"{antes}\n{objetos}".encode()
        antes = ","
    yield b"\n]\n" if antes == "," else b"[]\n"


def objeto(conjunto: Conjunto, fila: Fila) -> dict[str, Any]:
    """La fila como la da la interfaz: con los tipos que JSON tiene, y lo demás como texto ISO 8601.

    Lo que falta es `null`, también si la fila trae un texto vacío: en el CSV son la misma celda.
    """
    return {
        columna.nombre: None if celda is None or celda == "" else _en_json(columna.tipo, celda)
        for columna, celda in zip(conjunto.columnas, fila, strict=True)
    }


def _en_json(tipo: Tipo, celda: Any) -> Any:
    if tipo is Tipo.FECHA:
        return celda.isoformat()
    if tipo is Tipo.INSTANTE:
        return instante(celda)
    if tipo is Tipo.HORA:
        return hora(celda)
    if tipo is Tipo.NUMERO:
        return int(celda) if celda == int(celda) else float(celda)
    return celda


def en_xlsx(conjunto: Conjunto, filas: Iterable[Fila]) -> Iterator[bytes]:
    """Un libro con las filas y su diccionario; ninguna celda es fórmula."""
    return libro.escribir(conjunto, filas)


def en_geojson(conjunto: Conjunto, filas: Iterable[Fila]) -> Iterator[bytes]:
    """La capa (RFC 7946) que el conjunto arma de sus filas."""
    if conjunto.geojson is None:
        raise ValueError(f"«{conjunto.clave}» no trae lugares.")
    yield json.dumps(conjunto.geojson(filas), ensure_ascii=False, separators=(",", ":")).encode()


CSV = Forma("csv", "text/csv; charset=utf-8", "CSV", "cualquier hoja de cálculo o programa", en_csv, True)
JSON = Forma("json", "application/json", "JSON", "programas y páginas web", en_json, False)
XLSX = Forma("xlsx", libro.TIPO, "XLSX", "Excel y LibreOffice, con su diccionario", en_xlsx, True)
GEOJSON = Forma("geojson", "application/geo+json", "GeoJSON", "mapas", en_geojson, False)


def formas_de(conjunto: Conjunto) -> dict[str, Forma]:
    """En las que se puede descargar, por su terminación."""
    todas = (CSV, JSON, XLSX, *((GEOJSON,) if conjunto.geojson else ()))
    return {forma.extension: forma for forma in todas}
