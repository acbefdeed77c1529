"""Exportar todo, quedar sin nada e importarlo: lo que hacen las pruebas de traspaso."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stl_portal.datos.formas import en_csv
from stl_portal.datos.registro import CONJUNTOS
from stl_portal.traspaso import escritura, lectura
from stl_portal.traspaso.motor import Motor
from stl_portal.traspaso.resultado import RECHAZADA, Resultado, descomprimir


@dataclass(frozen=True)
class Foto:
    """Lo que se exporta y lo que cualquiera descarga, en un momento."""

    recursos: Mapping[str, bytes]
    publicos: Mapping[str, bytes]
    zip: bytes


def foto(publicos: tuple[str, ...]) -> Foto:
    """Todos los recursos, esos conjuntos públicos y el ZIP."""
    salida = io.BytesIO()
    escritura.en_zip(salida)
    with zipfile.ZipFile(salida) as archivo:
        recursos = {n.removesuffix(".csv"): archivo.read(n) for n in archivo.namelist() if n.endswith(".csv")}
    return Foto(recursos, {clave: descarga(clave) for clave in publicos}, salida.getvalue())


def descarga(clave: str) -> bytes:
    """El CSV de `/datos/`."""
    conjunto = CONJUNTOS[clave]
    return b"".join(en_csv(conjunto, conjunto.todas()))


def antes_de_vaciar(crear: Callable[[], Any], publicos: tuple[str, ...]) -> Foto:
    """Crea, toma la foto y lo deshace todo: la base queda vacía y los archivos, en el almacén."""
    with transaction.atomic():
        crear()
        tomada = foto(publicos)
        transaction.set_rollback(True)
    return tomada


def importar(contenido: bytes) -> Resultado:
    """El ZIP entero, con el motor que usa la pantalla."""
    return Motor().importar(lectura.hojas(io.BytesIO(contenido), lectura.ZIP, None))


def rechazos(resultado: Resultado) -> list[tuple[str, int, list[list[str]]]]:
    """De qué recurso, en qué renglón y por qué."""
    sucesos = (suceso for tanda in resultado.tandas for suceso in descomprimir(tanda))
    return [(s.recurso, s.renglon, s.celdas) for s in sucesos if s.que == RECHAZADA]
