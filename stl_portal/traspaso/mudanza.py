"""Mudar el portal de servidor: una carpeta con el ZIP de «Exportar todo» y los archivos del almacén.

El ZIP y su importación son los de la pantalla; aquí solo se agrega lo que el ZIP no lleva, los archivos.
"""

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files import File

from stl_portal.archivo import almacen
from stl_portal.archivo.inspeccion import ArchivoRechazado
from stl_portal.archivo.models import Archivo
from stl_portal.auditoria.cadena import anotar

from . import escritura, importar
from .instante import un_solo_instante
from .lectura import ArchivoIlegible
from .models import TODO, Importacion

COMPRIMIDO = "traspaso.zip"
ARCHIVOS = "archivos"


class NoSeMuda(Exception):
    """La carpeta no sirve; la frase dice por qué."""


@dataclass(frozen=True)
class Empacado:
    """Lo que quedó en la carpeta, y los archivos que la base nombra y el almacén no tiene intactos."""

    recursos: int
    renglones: int
    archivos: int
    faltan: list[str]


def empacar(carpeta: Path) -> Empacado:
    """Escribe la carpeta. Lanza `NoSeMuda` si ya tiene algo: nada se sobrescribe."""
    carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)  # lleva datos personales
    if any(carpeta.iterdir()):
        raise NoSeMuda(f"{carpeta} no está vacía: elige otra.")
    with un_solo_instante():
        with (carpeta / COMPRIMIDO).open("wb") as destino:
            recursos = escritura.en_zip(destino)["recursos"]
        huellas = list(Archivo.objects.order_by("huella").values_list("huella", flat=True))
    faltan = [huella for huella in huellas if not _copiar(huella, carpeta)]
    renglones = sum(recurso["renglones"] for recurso in recursos)
    # En el servidor no hay cuenta: consta que salió, cuánto y a dónde.
    detalle = f"Con «manage.py exportar_todo»: {renglones} renglones y {len(huellas) - len(faltan)} archivos."
    anotar("exportar todo", sobre=str(carpeta), detalle=detalle)
    return Empacado(len(recursos), renglones, len(huellas) - len(faltan), faltan)


def _copiar(huella: str, carpeta: Path) -> bool:
    """Un archivo del almacén; False si no está o si ya no da su huella, y entonces no se copia."""
    destino = carpeta / ARCHIVOS / huella[:2] / huella
    try:
        origen = almacen.abrir(Archivo(huella=huella))
    except FileNotFoundError:
        return False
    destino.parent.mkdir(parents=True, exist_ok=True)
    suma = hashlib.sha256()
    with origen as entrada, destino.open("xb") as salida:
        while bloque := entrada.read(almacen.BLOQUE):
            suma.update(bloque)
            salida.write(bloque)
    if suma.hexdigest() == huella:
        return True
    destino.unlink()
    return False


def recibir_archivos(carpeta: Path) -> int:
    """Pone en el almacén los que falten; dice cuántos. Lanza `NoSeMuda` si alguno llegó dañado."""
    puestos = 0
    for ruta in sorted((carpeta / ARCHIVOS).glob("[0-9a-f][0-9a-f]/*")):
        try:
            with ruta.open("rb") as abierto:
                puestos += almacen.reponer(abierto, ruta.name)
        except ArchivoRechazado as error:
            raise NoSeMuda(str(error)) from error
    return puestos


def revisar(carpeta: Path, por: Any, ahora: dt.datetime) -> Importacion:
    """La vista previa de lo que trae el ZIP, ya terminada. Lanza `NoSeMuda` si no se puede leer."""
    try:
        with (carpeta / COMPRIMIDO).open("rb") as abierto:
            importacion = importar.recibir(
                uuid.uuid4(), TODO, File(abierto, COMPRIMIDO), por, ahora, a_la_fila=False
            )
    except FileNotFoundError:
        raise NoSeMuda(f"{carpeta} no trae {COMPRIMIDO}: debe salir de «exportar_todo».") from None
    except ArchivoIlegible as error:
        raise NoSeMuda(str(error)) from error
    return _atendida(importacion)


def confirmar(importacion: Importacion, por: Any) -> Importacion:
    """Lo revisado, ya importado."""
    importar.confirmar(importacion, por, importacion.huella_de_lo_visto, a_la_fila=False)
    return _atendida(importacion)


def _atendida(importacion: Importacion) -> Importacion:
    """Hecho ya: no pasa por la fila, para que nadie más la tome mientras la orden dice qué pasó."""
    importar.atender(importacion.pk)
    return Importacion.objects.get(pk=importacion.pk)
