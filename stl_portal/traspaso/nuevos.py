"""Los renglones nuevos de una importación, con lo que traen: el resultado solo guarda cómo se llaman."""

from contextlib import suppress
from itertools import islice

from . import avance, lectura, registro
from .lectura import ArchivoIlegible
from .models import Importacion
from .resultado import NUEVA, Suceso

SE_VEN = 20  # los que enseña la página; los demás se cuentan y están en el archivo de resultado
Celdas = list[tuple[str, str]]  # encabezado y lo que dice


def primeros(importacion: Importacion) -> list[tuple[Suceso, Celdas]]:
    """Los primeros, en orden; mientras está el archivo, con las celdas que no vienen vacías."""
    if not importacion.nuevas:
        return []
    sucesos = list(islice(importacion.sucesos(NUEVA), SE_VEN))
    traen = _celdas(importacion, {(s.recurso, s.renglon) for s in sucesos})
    return [(s, traen.get((s.recurso, s.renglon), [])) for s in sucesos]


def _celdas(importacion: Importacion, faltan: set[tuple[str, int]]) -> dict[tuple[str, int], Celdas]:
    """Se leen del archivo que se subió, hasta hallar el último; ya importado, el archivo no está."""
    halladas: dict[tuple[str, int], Celdas] = {}
    with suppress(FileNotFoundError, ArchivoIlegible), avance.abrir(importacion.clave) as archivo:
        for hoja in lectura.hojas(archivo, importacion.formato, registro.de_clave(importacion.recurso)):
            encabezados = hoja.recurso.encabezados()
            for numero, celdas in hoja.renglones:
                cual = (hoja.recurso.clave, numero)
                if cual in faltan:
                    pares = zip(encabezados, celdas, strict=False)
                    halladas[cual] = [(columna, dicho) for columna, dicho in pares if dicho]
                if len(halladas) == len(faltan):
                    return halladas
    return halladas
