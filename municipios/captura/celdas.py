"""Las celdas de lo que se pega o se sube, tal como vienen: texto y dónde estaban. Todavía no dicen nada."""

import csv
import io
import json
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from municipios.captura.codificacion import DE_TEXTO, en_utf8
from stl_portal.archivo import almacen, inspeccion, tipos
from stl_portal.archivo.nombres import limpiar_nombre
from stl_portal.archivo.veredicto import ArchivoRechazado

PEGADO_MAXIMO = 200_000  # caracteres; los 46 con nota en cada renglón son unos 30 mil
RENGLONES, COLUMNAS, CELDA = 200, 50, 400  # los mismos topes con que se lee una hoja subida
SEPARADORES = "\t;,|"
HOJAS = DE_TEXTO | {".xlsx", ".ods"}
CSV = tipos.POR_EXTENSION[".csv"].mime
NADA = "No hay nada que leer: pega las celdas o elige un archivo."
NO_ES_HOJA = "Aquí se leen hojas: CSV, texto de Excel (TXT), Excel (XLSX) o LibreOffice (ODS)."


@dataclass(frozen=True)
class Celdas:
    """Renglones con algo escrito: su número en la hoja, desde 1, y sus celdas.

    `combinadas` son las que comparten el valor de otra y no traen el suyo: (número, columna desde 0).
    """

    renglones: Sequence[tuple[int, Sequence[str]]]
    combinadas: frozenset[tuple[int, int]] = frozenset()
    avisos: Sequence[str] = field(default=())


def de_texto(pegado: str) -> Celdas:
    """Lo copiado de una hoja (con tabuladores) o el texto de un CSV. Lanza `ValidationError`."""
    if len(pegado) > PEGADO_MAXIMO:
        raise ValidationError(f"Es demasiado: {len(pegado):,} caracteres. Pega solo los 46 municipios.")
    avisos = []
    limpio = pegado.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    separador = _separador(limpio)
    if separador in ";|":
        avisos.append(f"Las columnas venían separadas con «{separador}».")
    return Celdas(_con_algo(enumerate(_renglones(limpio, separador), start=1)), avisos=avisos)


def _separador(texto: str) -> str:
    """El tabulador si lo hay; si no, el que más aparece en el primer renglón con algo."""
    primero = next((r for r in texto.split("\n") if r.strip()), "")
    return "\t" if "\t" in texto else max(SEPARADORES, key=primero.count)


def _renglones(texto: str, separador: str) -> list[list[str]]:
    """Un renglón por línea; entre comillas, una celda puede tener varias. Lanza `ValidationError`."""
    # Una comilla suelta se llevaría el resto de la hoja dentro de una celda.
    comillas: Literal[0, 3] = csv.QUOTE_MINIMAL if texto.count('"') % 2 == 0 else csv.QUOTE_NONE
    try:
        return list(csv.reader(io.StringIO(texto, newline=""), delimiter=separador, quoting=comillas))
    except csv.Error as error:
        raise ValidationError("No se entiende lo pegado: una celda es demasiado larga.") from error


def _con_algo(numerados: Iterable[tuple[int, Sequence[str]]]) -> list[tuple[int, list[str]]]:
    """Los renglones que no están vacíos, sin las celdas vacías del final. Lanza `ValidationError`."""
    quedan = [(numero, _sin_cola([visible(celda) for celda in celdas])) for numero, celdas in numerados]
    quedan = [(numero, celdas) for numero, celdas in quedan if celdas]
    if not quedan:
        raise ValidationError(NADA)
    if len(quedan) > RENGLONES:
        raise ValidationError(f"Trae {len(quedan):,} renglones y los municipios son 46.")
    if any(len(celdas) > COLUMNAS for _, celdas in quedan):
        raise ValidationError(f"Trae más de {COLUMNAS} columnas: pega solo las del avance.")
    return quedan


def _sin_cola(celdas: list[str]) -> list[str]:
    while celdas and not celdas[-1].strip():
        celdas.pop()
    return celdas


def visible(celda: str) -> str:
    """Sin caracteres de control (los saltos quedan como espacio), y no más de lo que se lee de una celda.

    Una celda más larga queda un carácter arriba del tope: así se nota que no cupo.
    """
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in celda)[: CELDA + 1]


def de_archivo(subido: "UploadedFile[Any]") -> Celdas:
    """Las de una hoja subida, revisada como cualquier archivo; no se guarda. Lanza `ValidationError`."""
    nombre = limpiar_nombre(subido.name or "")
    if Path(nombre).suffix.lower() not in HOJAS:
        raise ValidationError(NO_ES_HOJA)
    if (subido.size or 0) > settings.ARCHIVO_MAXIMO:
        raise ValidationError(almacen.muy_grande(subido.size or 0))
    if getattr(subido, "sin_espacio", False):
        raise ValidationError(almacen.NO_CABE)
    ruta = Path(subido.temporary_file_path())  # type: ignore[attr-defined]
    de_texto = Path(nombre).suffix.lower() in DE_TEXTO
    try:
        with en_utf8(ruta) if de_texto else nullcontext(ruta) as legible:
            return _leer(legible, nombre, subido.content_type or "")
    except ArchivoRechazado as rechazo:
        raise ValidationError(rechazo.frase, code="archivo_rechazado") from rechazo


def _leer(ruta: Path, nombre: str, declarado: str) -> Celdas:
    """Lo que el proceso que inspecciona leyó. Lanza `ArchivoRechazado` o `ValidationError`."""
    veredicto = inspeccion.inspeccionar(ruta, nombre, declarado)
    # Un TXT de hoja de cálculo son celdas, como un CSV.
    mime = CSV if Path(nombre).suffix.lower() in DE_TEXTO else tipos.por_extension(nombre).mime
    vista = json.loads(inspeccion.vista(ruta, mime))
    if "rechazo" in vista:
        raise ArchivoRechazado(vista["rechazo"])
    con_algo = [h for h in vista["hojas"] if any(any(r) for r in h["renglones"])]
    if not con_algo:
        raise ValidationError("La hoja está vacía.")
    avisos = [*veredicto.advertencias, *_avisos(vista, con_algo)]
    return _de_hoja(con_algo[0], avisos)


def _avisos(vista: dict[str, Any], hojas: Sequence[dict[str, Any]]) -> list[str]:
    """Lo que conviene saber de cómo se leyó el libro."""
    hay = {
        f"El libro trae {len(hojas)} hojas: se leyó la primera, «{hojas[0]['nombre']}».": len(hojas) > 1,
        "La hoja trae fórmulas: se leyó el último valor que guardó cada una.": vista["formulas"],
    }
    return [aviso for aviso, cierto in hay.items() if cierto]


def _de_hoja(hoja: dict[str, Any], avisos: Sequence[str]) -> Celdas:
    if hoja["sobran_renglones"]:
        raise ValidationError(f"Trae más de {RENGLONES} renglones y los municipios son 46.")
    primera = hoja.get("primera", 0) + 1
    combinadas = frozenset(
        (f + primera, c)
        for f0, c0, f1, c1 in hoja.get("combinadas", ())
        for f in range(f0, min(f1, RENGLONES) + 1)
        for c in range(c0, min(c1, COLUMNAS) + 1)
        if (f, c) != (f0, c0)
    )
    return Celdas(_con_algo(enumerate(hoja["renglones"], start=primera)), combinadas, tuple(avisos))
