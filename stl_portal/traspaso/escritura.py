"""Los archivos que salen: un recurso en CSV o en XLSX, o todos en un ZIP con su manifiesto.

Los renglones salen en el orden en que nacieron: al importarlos en una base vacía vuelven a nacer en ese
orden, y todo lo que el portal ordena por antigüedad queda igual.
"""

import csv
import hashlib
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import compress, islice
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from stl_portal.datos.formas import MARCA
from stl_portal.datos.libro import BLOQUE, CABEN
from stl_portal.formula import neutro

from . import ordinal, registro
from .celdas import Celda
from .nombres import Nombres
from .recurso import ORDINAL, Columna, Recurso

LOTE = 1000
MANIFIESTO = "manifiesto.json"
FORMATO = "traspaso/1"
# Los ZIP llevan esta fecha en cada archivo: dos exportaciones de lo mismo son iguales byte por byte.
SIN_FECHA = (1980, 1, 1, 0, 0, 0)
DIGITOS = 15  # los que una hoja de cálculo guarda exactos
SOSPECHOSOS = frozenset("=+-@\t\r'")
Celdas = Sequence[Any]


class NoCabe(Exception):
    """La celda no cabe en una hoja de cálculo; el CSV sí la lleva entera."""


def lotes(
    recurso: type[Recurso], nombres: Nombres, solo: Collection[Any] | None = None
) -> Iterator[list[Celdas]]:
    """De mil en mil renglones, las celdas de cada columna; None es la celda vacía.

    Columna por columna, y no celda por celda: se decide una vez por lote cómo se escribe cada una. `solo` son
    los números internos de los que salen; los demás también se leen, para que cada uno conserve su ordinal.
    """
    columnas = recurso.columnas()
    escritores = [_escritor(columna, nombres) for columna in columnas]
    campos = [columna.attname for columna in columnas]
    numerar = ordinal.numerador(recurso, campos)
    leidos = [*campos] if solo is None else [*campos, "pk"]
    renglones = recurso.filas().order_by("pk").values_list(*leidos).iterator(chunk_size=LOTE)
    while lote := list(islice(renglones, LOTE)):
        por_columna: list[Celdas] = list(zip(*lote, strict=True))
        pks = [] if solo is None else por_columna.pop()
        propias = zip(escritores, por_columna, strict=True)
        celdas = [celdas for escribir, valores in propias for celdas in escribir(valores)]
        celdas = [numerar(por_columna), *celdas] if numerar else celdas
        yield celdas if solo is None else _solo(celdas, [pk in solo for pk in pks])


def _solo(celdas: list[Celdas], salen: list[bool]) -> list[Celdas]:
    return [list(compress(columna, salen)) for columna in celdas]


def _escritor(columna: Columna, nombres: Nombres) -> Callable[[Celdas], list[Celdas]]:
    """Cómo se vuelven celdas los valores de una columna."""
    if columna.relacion is None:
        if type(columna.celda) is Celda:
            return lambda valores: [valores]
        escribir = columna.celda.escribir
        return lambda valores: [[None if v is None else escribir(v) for v in valores]]
    ajenos, vacias = nombres.de(columna.recurso), ("",) * len(columna.encabezados)
    return lambda valores: list(
        zip(*[vacias if v is None else ajenos[v] for v in valores], strict=True),
    )


def filas(
    recurso: type[Recurso], nombres: Nombres, solo: Collection[Any] | None = None
) -> Iterator[tuple[str | None, ...]]:
    """Las celdas de cada renglón, en las columnas de `encabezados()`."""
    for lote in lotes(recurso, nombres, solo):
        yield from zip(*lote, strict=True)


def en_csv(
    recurso: type[Recurso], nombres: Nombres | None = None, solo: Collection[Any] | None = None
) -> Iterator[bytes]:
    """RFC 4180 en UTF-8, por partes; ninguna celda es fórmula."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, lineterminator="\r\n")
    salida.write(MARCA)
    escritor.writerow(recurso.encabezados())
    numericas = [celda.numerica for celda in _celdas(recurso)]
    for lote in lotes(recurso, nombres or Nombres(), solo):
        columnas = zip(lote, numericas, strict=True)
        neutras = [celdas if numerica else _neutras(celdas) for celdas, numerica in columnas]
        escritor.writerows(zip(*neutras, strict=True))
        yield _tomar(salida)
    yield _tomar(salida)


def _neutras(celdas: Celdas) -> Celdas:
    return [neutro(celda) if celda and celda[0] in SOSPECHOSOS else celda for celda in celdas]


def _tomar(salida: io.StringIO) -> bytes:
    """Lo escrito desde la última vez."""
    escrito = salida.getvalue().encode()
    salida.seek(0)
    salida.truncate()
    return escrito


def en_xlsx(
    recurso: type[Recurso], nombres: Nombres | None = None, solo: Collection[Any] | None = None
) -> BinaryIO:
    """Un libro de una sola hoja, que se llama como el recurso. Lanza `NoCabe`."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(recurso.clave[:31])
    hoja.freeze_panes = "A2"
    hoja.append(recurso.encabezados())
    numericas = [celda.numerica for celda in _celdas(recurso)]
    for n, fila in enumerate(filas(recurso, nombres or Nombres(), solo), start=2):
        hoja.append([_en_hoja(hoja, celda, n, num) for celda, num in zip(fila, numericas, strict=True)])
    archivo = tempfile.TemporaryFile()  # noqa: SIM115 -- lo cierra quien lo envía
    libro.save(archivo)
    archivo.seek(0)
    return archivo


def _celdas(recurso: type[Recurso]) -> list[Celda]:
    """La clase de celda de cada encabezado."""
    suyas: list[Celda] = [Celda()] if ORDINAL in recurso.partes() else []
    for columna in recurso.columnas():
        de_un_campo = columna.relacion is None
        suyas += [columna.celda] if de_un_campo else [Celda()] * len(columna.encabezados)
    return suyas


def _en_hoja(hoja: Any, celda: str | None, renglon: int, numerica: bool) -> Any:
    """Números como números; lo demás, siempre como texto."""
    if not celda:
        return None
    if numerica and len(celda) <= DIGITOS:
        return float(celda) if "." in celda else int(celda)
    limpia = neutro(celda)
    if len(limpia) > CABEN or ILLEGAL_CHARACTERS_RE.search(limpia):
        raise NoCabe(f"El renglón {renglon} trae algo que no cabe en una hoja de cálculo: exporta en CSV.")
    texto = WriteOnlyCell(hoja, limpia)
    texto.data_type = "s"
    return texto


def en_zip(destino: BinaryIO, avisar: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Todos los recursos en CSV, en orden de dependencia, con su manifiesto; devuelve el manifiesto."""
    nombres, recursos = Nombres(), registro.en_orden()
    dicho: list[dict[str, Any]] = []
    with zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as archivo:
        for n, recurso in enumerate(recursos):
            dicho.append(_agregar(archivo, recurso, nombres))
            if avisar:
                avisar(n + 1, len(recursos))
        manifiesto = {"formato": FORMATO, "recursos": dicho}
        escrito = json.dumps(manifiesto, ensure_ascii=False, indent=1) + "\n"
        archivo.writestr(_entrada(MANIFIESTO), escrito)
    return manifiesto


def _agregar(archivo: zipfile.ZipFile, recurso: type[Recurso], nombres: Nombres) -> dict[str, Any]:
    """Un recurso dentro del ZIP, y lo que el manifiesto dice de él."""
    huella, renglones = hashlib.sha256(), 0
    nombre = f"{recurso.clave}.csv"
    with archivo.open(_entrada(nombre), "w", force_zip64=True) as entrada:
        for parte in en_csv(recurso, nombres):
            huella.update(parte)
            entrada.write(parte)
    renglones = recurso.filas().count()
    return {
        "clave": recurso.clave,
        "archivo": nombre,
        "renglones": renglones,
        "sha256": huella.hexdigest(),
    }


def _entrada(nombre: str) -> zipfile.ZipInfo:
    """Un archivo dentro del ZIP, sin la hora en que se hizo."""
    entrada = zipfile.ZipInfo(nombre, SIN_FECHA)
    entrada.compress_type = zipfile.ZIP_DEFLATED
    return entrada


def por_partes(archivo: BinaryIO) -> Iterator[bytes]:
    """Lo lee y lo cierra."""
    with archivo:
        while bloque := archivo.read(BLOQUE):
            yield bloque
