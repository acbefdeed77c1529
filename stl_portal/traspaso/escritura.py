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
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from stl_portal.datos.formas import MARCA
from stl_portal.datos.libro import BLOQUE, CABEN
from stl_portal.formula import neutro

from . import registro
from .celdas import Celda
from .nombres import Nombrar, Nombres
from .recurso import ORDINAL, Recurso

LOTE = 1000
MANIFIESTO = "manifiesto.json"
FORMATO = "traspaso/1"
# Los ZIP llevan esta fecha en cada archivo: dos exportaciones de lo mismo son iguales byte por byte.
SIN_FECHA = (1980, 1, 1, 0, 0, 0)
DIGITOS = 15  # los que una hoja de cálculo guarda exactos
Fila = list[str]


class NoCabe(Exception):
    """La celda no cabe en una hoja de cálculo; el CSV sí la lleva entera."""


def filas(recurso: type[Recurso], nombres: Nombres) -> Iterator[Fila]:
    """Las celdas de cada renglón, en las columnas de `encabezados()`."""
    columnas = recurso.columnas()
    partes = [_escritor(columna, nombres) for columna in columnas]
    ordinal = Nombrar(nombres, recurso) if ORDINAL in recurso.partes() else None
    de_la_llave = [p for p in recurso.partes() if p != ORDINAL]
    lugares = [[c.attribute for c in columnas].index(parte) for parte in de_la_llave]
    campos = [columna.attname for columna in columnas]
    for valores in recurso.filas().order_by("pk").values_list(*campos).iterator(chunk_size=LOTE):
        fila: Fila = []
        if ordinal:
            fila.append(ordinal.ordinal(ordinal(tuple(valores[n] for n in lugares))))
        for escribir, valor in zip(partes, valores, strict=True):
            fila += escribir(valor)
        yield fila


def _escritor(columna: Any, nombres: Nombres) -> Callable[[Any], Iterable[str]]:
    """Cómo se vuelven celdas los valores de una columna."""
    if columna.relacion is None:
        escribir = columna.celda.render
        return lambda valor: (escribir(valor),)
    ajenos, vacias = nombres.de(columna.recurso), ("",) * len(columna.encabezados)
    return lambda valor: vacias if valor is None else ajenos[valor]


def en_csv(recurso: type[Recurso], nombres: Nombres | None = None) -> Iterator[bytes]:
    """RFC 4180 en UTF-8, por partes; ninguna celda es fórmula."""
    salida = io.StringIO(newline="")
    escritor = csv.writer(salida, lineterminator="\r\n")
    salida.write(MARCA)
    escritor.writerow(recurso.encabezados())
    for n, fila in enumerate(filas(recurso, nombres or Nombres()), start=1):
        escritor.writerow([neutro(celda) if celda and celda[0] in "=+-@\t\r'" else celda for celda in fila])
        if n % LOTE == 0:
            yield _tomar(salida)
    yield _tomar(salida)


def _tomar(salida: io.StringIO) -> bytes:
    """Lo escrito desde la última vez."""
    escrito = salida.getvalue().encode()
    salida.seek(0)
    salida.truncate()
    return escrito


def en_xlsx(recurso: type[Recurso], nombres: Nombres | None = None) -> BinaryIO:
    """Un libro de una sola hoja, que se llama como el recurso. Lanza `NoCabe`."""
    libro = Workbook(write_only=True)
    hoja = libro.create_sheet(recurso.clave[:31])
    hoja.freeze_panes = "A2"
    hoja.append(recurso.encabezados())
    numericas = [celda.numerica for celda in _celdas(recurso)]
    for n, fila in enumerate(filas(recurso, nombres or Nombres()), start=2):
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


def _en_hoja(hoja: Any, celda: str, renglon: int, numerica: bool) -> Any:
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
