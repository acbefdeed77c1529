"""Exportar todo, quedar sin nada e importarlo: lo que hacen las pruebas de traspaso."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from stl_portal.datos.formas import en_csv
from stl_portal.datos.registro import CONJUNTOS, SUELTOS
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
    return Foto(recursos, {clave: descarga(clave) for clave in (*publicos, *SUELTOS)}, salida.getvalue())


def descarga(clave: str) -> bytes:
    """El CSV de `/datos/`, o el archivo suelto (Popolo)."""
    if clave in SUELTOS:
        return b"".join(SUELTOS[clave].trozos())
    conjunto = CONJUNTOS[clave]
    return b"".join(en_csv(conjunto, conjunto.todas()))


def antes_de_vaciar(crear: Callable[[], Any], publicos: tuple[str, ...]) -> Foto:
    """Crea, toma la foto y lo deshace todo: la base queda vacía y los archivos, en el almacén."""
    with transaction.atomic():
        crear()
        tomada = foto(publicos)
        transaction.set_rollback(True)
    return tomada


def alterado(contenido: bytes, **cambios: Callable[[list[dict[str, str]]], None]) -> bytes:
    """El mismo ZIP, con los renglones de esos recursos («actas_selladas») cambiados, y su huella también."""
    salida = io.BytesIO()
    por_archivo = {f"{clave.replace('_', '-')}.csv": hacer for clave, hacer in cambios.items()}
    with zipfile.ZipFile(io.BytesIO(contenido)) as antes, zipfile.ZipFile(salida, "w") as despues:
        manifiesto = json.loads(antes.read(escritura.MANIFIESTO))
        for recurso in manifiesto["recursos"]:
            nombre = recurso["archivo"]
            hacer = por_archivo.get(nombre)
            bytes_ = _cambiado(antes.read(nombre), hacer) if hacer else antes.read(nombre)
            recurso["sha256"] = hashlib.sha256(bytes_).hexdigest()
            despues.writestr(nombre, bytes_)
        despues.writestr(escritura.MANIFIESTO, json.dumps(manifiesto))
    return salida.getvalue()


def _cambiado(contenido: bytes, hacer: Callable[[list[dict[str, str]]], None]) -> bytes:
    csv.field_size_limit(lectura.CELDA_MAXIMA)
    leidos = csv.DictReader(io.StringIO(contenido.decode("utf-8-sig"), newline=""))
    renglones = list(leidos)
    hacer(renglones)
    salida = io.StringIO(newline="")
    escritor = csv.DictWriter(salida, leidos.fieldnames or ())
    escritor.writeheader()
    escritor.writerows(renglones)
    return salida.getvalue().encode()


def importar(contenido: bytes) -> Resultado:
    """El ZIP entero, con el motor que usa la pantalla."""
    return Motor().importar(lectura.hojas(io.BytesIO(contenido), lectura.ZIP, None))


def rechazos(resultado: Resultado) -> list[tuple[str, int, Sequence[Sequence[str]]]]:
    """De qué recurso, en qué renglón y por qué."""
    sucesos = (suceso for tanda in resultado.tandas for suceso in descomprimir(tanda))
    return [(s.recurso, s.renglon, s.celdas) for s in sucesos if s.que == RECHAZADA]
