"""Los archivos que entran: qué recurso traen y sus renglones, o la frase que dice por qué no se entienden.

Nada se adivina: otra codificación, un encabezado de más o el archivo de otro recurso se nombran.
"""

import csv
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from stl_portal.formula import de_celda

from . import hoja_de_calculo, registro
from .comprimido import ArchivoIlegible as ArchivoIlegible  # la frase de quien lee, venga de donde venga
from .comprimido import abierto as comprimido_abierto
from .comprimido import legible
from .escritura import FORMATO, MANIFIESTO
from .nombrados import nombrar
from .recurso import Recurso

CELDA_MAXIMA = (
    64 * 1024 * 1024
)  # caracteres; un documento sellado en base 64 pasa de lo que `csv` acepta solo
BLOQUE = 1024 * 1024  # bytes que se leen de una vez
MANIFIESTO_MAXIMO = 1024 * 1024  # bytes
CSV, XLSX, ZIP = "csv", "xlsx", "zip"
NO_ES_UTF8 = "No está en UTF-8: los acentos se perderían. Guárdalo como «CSV UTF-8» y súbelo otra vez."
MAL_FORMADO = "El CSV está mal formado: hay una comilla sin cerrar o algo escrito después de una que cierra."
_PARECIDOS = 3  # encabezados en común para decir de qué recurso parece un archivo


@dataclass(frozen=True)
class Hoja:
    """Lo que el archivo trae de un recurso: cada renglón, con su número y sus celdas en orden."""

    recurso: type[Recurso]
    renglones: Iterable[tuple[int, list[str]]]


def formato_de(nombre: str, inicio: bytes) -> str:
    """CSV, XLSX o ZIP, por lo que el archivo es y no solo por cómo se llama. Lanza `ArchivoIlegible`."""
    if not inicio:
        raise ArchivoIlegible("El archivo está vacío.")
    if inicio.startswith(b"PK"):
        return XLSX if nombre.lower().endswith(".xlsx") else ZIP
    if inicio.startswith(b"\xd0\xcf\x11\xe0"):
        raise ArchivoIlegible("Es un libro del Excel anterior a 2007: guárdalo como .xlsx o como CSV UTF-8.")
    if b"\0" in inicio[:4]:
        raise ArchivoIlegible("Está en UTF-16: guárdalo como CSV UTF-8.")
    return CSV


def hojas(archivo: BinaryIO, formato: str, recurso: type[Recurso] | None) -> Iterator[Hoja]:
    """Lo que trae, en orden de dependencia. Sin `recurso`, el archivo es el ZIP de todo.

    Lanza `ArchivoIlegible`; si es por un renglón, al llegar a él.
    """
    archivo.seek(0)
    if formato == ZIP:
        yield from _de_zip(archivo, recurso)
    elif recurso is None:
        raise ArchivoIlegible("Para importar todo se necesita el ZIP que sale de «Exportar todo».")
    else:
        abrir = _de_csv if formato == CSV else hoja_de_calculo.renglones
        yield _hoja(recurso, abrir(archivo))


def _hoja(recurso: type[Recurso], lineas: Iterator[list[str]]) -> Hoja:
    encabezados = [celda.strip() for celda in next(lineas, [])]
    lugares = _lugares(recurso, encabezados)
    return Hoja(recurso, _ordenados(lineas, lugares, len(encabezados)))


def _ordenados(
    lineas: Iterator[list[str]], lugares: list[int], ancho: int
) -> Iterator[tuple[int, list[str]]]:
    """Las celdas en el orden del recurso; un renglón corto o largo llega como está y el motor lo dice."""
    for n, linea in enumerate(lineas, start=2):
        if not any(linea):
            continue
        if len(linea) != ancho:
            yield n, linea[:ancho] if not any(linea[ancho:]) and len(linea) > ancho else []
            continue
        yield n, [de_celda(linea[lugar]) for lugar in lugares]


def _lugares(recurso: type[Recurso], encabezados: list[str]) -> list[int]:
    """Dónde está cada columna. Lanza `ArchivoIlegible` con las que faltan, sobran o se repiten."""
    esperados = recurso.encabezados()
    if not any(encabezados):
        raise ArchivoIlegible("El archivo está vacío: falta la línea de encabezados.")
    if set(encabezados) != set(esperados):
        _si_es_de_otro(recurso, set(encabezados))
    repetidos = [e for e, veces in Counter(encabezados).items() if veces > 1]
    faltan = [e for e in esperados if e not in encabezados]
    sobran = [e or "(sin nombre)" for e in dict.fromkeys(encabezados) if e not in esperados]
    frases = [
        f"{dicho}: {nombrar(cuales)}."
        for dicho, cuales in (
            ("Encabezados repetidos", repetidos),
            ("Faltan columnas", faltan),
            ("Sobran columnas", sobran),
        )
        if cuales
    ]
    if frases:
        raise ArchivoIlegible(" ".join(frases))
    return [encabezados.index(e) for e in esperados]


def _si_es_de_otro(recurso: type[Recurso], encabezados: set[str]) -> None:
    """Si los encabezados son los de otro recurso, lo nombra."""

    def parecido(otro: type[Recurso]) -> float:
        suyos = set(otro.encabezados())
        return len(suyos & encabezados) / len(suyos | encabezados)

    mejor = max(registro.RECURSOS, key=parecido, default=None)
    comunes = len(encabezados & set(recurso.encabezados()))
    if mejor is None or mejor is recurso or parecido(mejor) <= parecido(recurso):
        if not comunes:
            raise ArchivoIlegible(f"Este archivo no es de {recurso.nombre}: ningún encabezado es suyo.")
        return
    if parecido(mejor) == 1 or comunes < _PARECIDOS:
        raise ArchivoIlegible(f"Este archivo es de {mejor.nombre}, no de {recurso.nombre}.")


def _de_csv(archivo: BinaryIO) -> Iterator[list[str]]:
    """Renglón por renglón; la memoria no crece con el archivo."""
    csv.field_size_limit(CELDA_MAXIMA)
    texto = io.TextIOWrapper(archivo, encoding="utf-8-sig", newline="", errors="strict")
    with legible():
        try:
            primera = texto.readline(CELDA_MAXIMA)
            texto.seek(0)
            separador = ";" if ";" in primera and "," not in primera else ","
            yield from csv.reader(_lineas(texto), delimiter=separador, strict=True)
        except UnicodeDecodeError:
            raise ArchivoIlegible(NO_ES_UTF8) from None
        except csv.Error:  # lo que dice la biblioteca va en inglés
            raise ArchivoIlegible(MAL_FORMADO) from None
        finally:
            with suppress(ValueError):  # quien lo abrió ya lo cerró
                texto.detach()


def _lineas(texto: io.TextIOWrapper) -> Iterator[str]:
    """Línea por línea; una sin fin no se carga entera."""
    while linea := texto.readline(CELDA_MAXIMA):
        if len(linea) == CELDA_MAXIMA:
            raise ArchivoIlegible("Trae una línea demasiado larga: no parece un CSV.")
        yield linea


def _de_zip(archivo: BinaryIO, recurso: type[Recurso] | None) -> Iterator[Hoja]:
    """Los CSV de un ZIP que salió de «Exportar todo»; los que su manifiesto nombra, ni más ni menos."""
    if recurso is not None:
        raise ArchivoIlegible(f"Es un ZIP: aquí va solo el archivo de {recurso.nombre}, en CSV o XLSX.")
    with comprimido_abierto(archivo) as abierto, legible():
        traidos = _manifiesto(abierto)
        for suyo in registro.en_orden():
            if suyo.clave in traidos:
                nombre, huella = traidos[suyo.clave]
                _exigir_integro(abierto, nombre, huella)
                with abierto.open(nombre) as entrada:
                    yield _hoja_del_zip(suyo, entrada, nombre)


def _exigir_integro(abierto: zipfile.ZipFile, nombre: str, huella: str) -> None:
    """Es el que salió: cambiado o cortado por fuera, su huella ya no es la del manifiesto."""
    suma = hashlib.sha256()
    with abierto.open(nombre) as entrada:
        while bloque := entrada.read(BLOQUE):
            suma.update(bloque)
    if suma.hexdigest() != huella:
        raise ArchivoIlegible(
            f"{nombre}: no es el que se exportó, cambió después."
            " Para corregir una tabla, importa su CSV aparte."
        )


def _hoja_del_zip(recurso: type[Recurso], entrada: Any, nombre: str) -> Hoja:
    try:
        return _hoja(recurso, _de_csv(entrada))
    except ArchivoIlegible as error:
        raise ArchivoIlegible(f"{nombre}: {error}") from None


def _manifiesto(abierto: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """El archivo y la huella de cada recurso. Lanza `ArchivoIlegible` si falta o sobra algo."""
    try:
        if abierto.getinfo(MANIFIESTO).file_size > MANIFIESTO_MAXIMO:
            raise ValueError
        dicho = json.loads(abierto.read(MANIFIESTO))
        traidos = {str(r["clave"]): (str(r["archivo"]), str(r["sha256"])) for r in dicho["recursos"]}
    except (KeyError, ValueError, TypeError, RecursionError):
        raise ArchivoIlegible(f"El ZIP no trae su {MANIFIESTO}: debe salir de «Exportar todo».") from None
    if dicho.get("formato") != FORMATO:
        raise ArchivoIlegible("El ZIP es de otra versión del portal: actualiza los dos portales y repite.")
    presentes, nombrados = set(abierto.namelist()) - {MANIFIESTO}, {a for a, _ in traidos.values()}
    faltan = sorted(nombrados - presentes)
    ajenos = {archivo for clave, (archivo, _) in traidos.items() if registro.de_clave(clave) is None}
    sobran = sorted((presentes - nombrados) | ajenos)
    if faltan:
        raise ArchivoIlegible(f"Al ZIP le faltan archivos: {nombrar(faltan)}.")
    if sobran:
        raise ArchivoIlegible(f"El ZIP trae archivos que no se conocen: {nombrar(sobran)}.")
    return traidos
