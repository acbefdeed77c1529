"""Archivos que llegan en partes: se interrumpen y se reanudan sin volver a enviar lo confirmado.

El orden de las escrituras es el del almacén: parte completa en disco → cuenta en la base → respuesta. Un
corte deja, cuando mucho, bytes de más sin contar, que la siguiente parte borra; jamás bytes contados que no
están. Terminar es repetible: si el corte ocurre ahí, se termina la próxima vez que alguien pregunte.
"""

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from stl_portal.espanol import peso

from . import almacen, tipos
from .disco import asentar_carpetas
from .models import Archivo, Subida
from .nombres import limpiar_nombre
from .recepcion import SIN_ESPACIO
from .tus import SUMA_DISTINTA, Anuncio, NoSeRecibe, exigir_lugar
from .veredicto import ArchivoRechazado

CARPETA = "subidas"
VIDA = dt.timedelta(days=7)  # desde la última parte
ASIENTO = 8 * 1024 * 1024  # bytes entre un asiento en la base y el siguiente dentro de una misma parte
OCUPADA = "Ese archivo se está recibiendo por otro lado. Espera un momento y vuelve a intentarlo."
NO_ESTA = "Esa subida ya no existe. Elige el archivo otra vez."
PERDIDA = "Lo que se había recibido de ese archivo ya no está. Elígelo otra vez."
DISTINTA = (
    "Lo que llegó no es igual a lo que se anunció: el archivo cambió o se dañó en el camino. Súbelo otra vez."
)
MUCHAS = "Tienes demasiados archivos a medias. Termina o descarta alguno y vuelve a intentarlo."
PESAN = "Con este, tus archivos a medias pesarían más de {}. Termina o descarta alguno y vuelve a intentarlo."


def empezar(por: Any, anuncio: Anuncio) -> Subida:
    """Abre una subida antes de recibir un solo byte. Lanza `NoSeRecibe` si no se va a aceptar."""
    nombre = limpiar_nombre(anuncio.nombre)
    exigir_que_se_acepte(nombre, anuncio.declarado, anuncio.tamano)
    ahora = timezone.now()
    with transaction.atomic():
        get_user_model()._default_manager.select_for_update().get(
            pk=por.pk
        )  # dos a la vez no suman más de lo que cabe
        _exigir_espacio(por, anuncio.tamano)
        return Subida.objects.create(
            por=por,
            nombre=nombre,
            declarado=anuncio.declarado[:200],
            tamano=anuncio.tamano,
            huella=anuncio.huella,
            destino=anuncio.destino[:300],
            empezada_el=ahora,
            caduca_el=ahora + VIDA,
        )


def exigir_que_se_acepte(nombre: str, declarado: str, tamano: int) -> None:
    """Por su terminación, su tipo declarado y su tamaño. Lanza `NoSeRecibe`."""
    try:
        tipo = tipos.por_extension(nombre)
        tipos.exigir_declarado(tipo, declarado)
    except ArchivoRechazado as rechazo:
        raise NoSeRecibe(422, rechazo.frase) from rechazo
    if tamano == 0:
        raise NoSeRecibe(422, "El archivo está vacío.")
    if tamano > tipo.maximo:
        pesa, maximo = peso(tamano), peso(tipo.maximo)
        raise NoSeRecibe(413, f"El archivo pesa {pesa}; el máximo para {tipo.nombre} es {maximo}.")


def _exigir_espacio(por: Any, tamano: int) -> None:
    """Ni una cuenta llena el disco con subidas a medias, ni entre todas."""
    abiertas = Subida.objects.filter(archivo=None)
    suyas = abiertas.filter(por=por)
    if suyas.count() >= settings.SUBIDAS_ABIERTAS:
        raise NoSeRecibe(409, MUCHAS)
    if (suyas.aggregate(n=Sum("tamano"))["n"] or 0) + tamano > settings.SUBIDAS_A_MEDIAS:
        raise NoSeRecibe(409, PESAN.format(peso(settings.SUBIDAS_A_MEDIAS)))
    por_llegar = abiertas.aggregate(n=Sum(F("tamano") - F("recibido")))["n"] or 0
    carpeta().mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(carpeta()).free - por_llegar - tamano < settings.DISCO_LIBRE:
        raise NoSeRecibe(507, almacen.NO_CABE)


@contextmanager
def a_solas(clave: uuid.UUID, por: Any) -> Iterator[Subida]:
    """La subida de esa cuenta, sin que nadie más la toque mientras tanto. Lanza `NoSeRecibe` (404, 410, 423).

    El candado es del sistema: si el proceso muere, se suelta solo.
    """
    buscar(clave, por)
    with _apartada(clave):
        yield buscar(clave, por)  # otra vez: pudo terminar mientras se tomaba el candado


@contextmanager
def _apartada(clave: uuid.UUID) -> Iterator[None]:
    """Nadie más recibe, termina ni barre esa subida. Lanza `NoSeRecibe` (423) si alguien lo hace."""
    carpeta().mkdir(parents=True, exist_ok=True)
    with _candado(clave).open("wb") as candado:
        try:
            fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise NoSeRecibe(423, OCUPADA) from error
        yield


def buscar(clave: uuid.UUID, por: Any) -> Subida:
    """La subida de esa cuenta. Lanza `NoSeRecibe`: 404 si no hay, 410 si ya caducó."""
    subida = Subida.objects.select_related("archivo").filter(clave=clave, por=por).first()
    if subida is None:
        raise NoSeRecibe(404, NO_ESTA)
    if subida.caduca_el <= timezone.now():
        raise NoSeRecibe(410, NO_ESTA)
    return subida


def recibir(
    subida: Subida, desde: int, trae: int, leer: Callable[[int], bytes], suma: bytes | None = None
) -> None:
    """Agrega una parte de `trae` bytes que empieza en `desde`; si con ella se completa, termina.

    Con `suma` (SHA-256) se cuenta toda o nada; sin ella, lo que alcance a llegar si la conexión se corta.
    Se llama dentro de `a_solas`. Lanza `NoSeRecibe`.
    """
    exigir_lugar(recibido=subida.recibido, tamano=subida.tamano, desde=desde, trae=trae)
    try:
        if trae:
            with _abrir(subida) as destino:
                _copiar(subida, destino, leer, trae, suma)
        if subida.completa:
            terminar(subida)
    except OSError as error:
        if error.errno not in SIN_ESPACIO:
            raise
        raise NoSeRecibe(507, almacen.NO_CABE) from error


def _abrir(subida: Subida) -> BinaryIO:
    """El archivo a medias, justo donde va la cuenta: lo que un corte dejó sin contar se borra."""
    ruta = _ruta(subida)
    if not subida.recibido:
        ruta.touch()
        _asentar_carpeta()
    elif not ruta.is_file() or ruta.stat().st_size < subida.recibido:
        desechar(subida)
        raise NoSeRecibe(410, PERDIDA)
    destino = ruta.open("r+b", buffering=0)
    destino.truncate(subida.recibido)
    destino.seek(subida.recibido)
    return destino


def _copiar(
    subida: Subida, destino: BinaryIO, leer: Callable[[int], bytes], trae: int, suma: bytes | None
) -> None:
    """Escribe lo que llega, por bloques; cada tanto lo asienta, salvo que falte comprobar su suma."""
    llegado = asentado = 0
    calculada = hashlib.sha256()
    for bloque in _bloques(leer, trae):
        destino.write(bloque)
        llegado += len(bloque)
        if suma is not None:
            calculada.update(bloque)
        elif llegado - asentado >= ASIENTO:
            _asentar(subida, destino, llegado - asentado)
            asentado = llegado
    if suma is not None and calculada.digest() != suma:
        destino.truncate(subida.recibido)
        raise NoSeRecibe(SUMA_DISTINTA, "Una parte del archivo llegó dañada. Se pedirá otra vez.")
    if llegado > asentado:
        _asentar(subida, destino, llegado - asentado)


def _bloques(leer: Callable[[int], bytes], faltan: int) -> Iterator[bytes]:
    """Lo que llega hasta completar la parte o hasta que la conexión se corta."""
    while faltan > 0:
        try:
            bloque = leer(min(almacen.BLOQUE, faltan))
        except OSError:  # se cortó a la mitad: lo que llegó, llegó
            return
        if not bloque:
            return
        faltan -= len(bloque)
        yield bloque


def _asentar(subida: Subida, destino: BinaryIO, bytes_nuevos: int) -> None:
    """Primero el disco, luego la cuenta."""
    os.fsync(destino.fileno())
    subida.recibido += bytes_nuevos
    subida.caduca_el = timezone.now() + VIDA
    subida.save(update_fields=["recibido", "caduca_el"])


def terminar(subida: Subida) -> None:
    """Comprueba la huella de lo recibido, lo inspecciona y lo guarda; repetirlo no cambia nada.

    Se llama dentro de `a_solas`. Lanza `NoSeRecibe` (422): entonces no queda nada de la subida; y
    `AlmacenCaido`: entonces queda como estaba, para terminarla después.
    """
    if subida.archivo is not None:
        return
    try:
        with _completa(subida) as ruta:
            if almacen.huella_de(ruta) != subida.huella:
                raise ArchivoRechazado(DISTINTA)
            subida.archivo = almacen.adoptar(
                ruta, subida.huella, subida.tamano, subida.nombre, subida.declarado, subida.por
            )
    except FileNotFoundError as falta:
        desechar(subida)
        raise NoSeRecibe(422, PERDIDA) from falta
    except ArchivoRechazado as rechazo:
        desechar(subida)
        raise NoSeRecibe(422, rechazo.frase) from rechazo
    subida.save(update_fields=["archivo"])
    _candado(subida.clave).unlink(missing_ok=True)


@contextmanager
def _completa(subida: Subida) -> Iterator[Path]:
    """Lo recibido o, si el corte fue después de darle su nombre definitivo, lo guardado."""
    if _ruta(subida).is_file():
        yield _ruta(subida)
        return
    with almacen.a_la_mano(Archivo(huella=subida.huella)) as guardada:
        yield guardada


def desechar(subida: Subida) -> None:
    """Borra la subida y lo que tuviera a medias; el archivo que ya se completó, no."""
    clave = subida.clave
    subida.delete()
    _borrar(clave)


def barrer(ahora: dt.datetime) -> int:
    """Borra las subidas que caducaron y los restos sin renglón de hace más de un día. Devuelve cuántas."""
    caducas = list(Subida.objects.filter(caduca_el__lte=ahora).values_list("clave", flat=True))
    barridas = sum(barrer_una(clave, ahora) for clave in caducas)
    limite = (ahora - almacen.VIDA_PENDIENTE).timestamp()
    conocidas = {str(clave) for clave in Subida.objects.values_list("clave", flat=True)}
    for ruta in carpeta().glob("*"):
        if ruta.stem not in conocidas and ruta.stat().st_mtime < limite:
            ruta.unlink(missing_ok=True)
    return barridas


def barrer_una(clave: uuid.UUID, ahora: dt.datetime) -> bool:
    """La borra si, ya apartada, sigue caduca: pudo recibir una parte después de listarla."""
    try:
        with _apartada(clave):
            subida = Subida.objects.filter(clave=clave, caduca_el__lte=ahora).first()
            if subida is not None:
                desechar(subida)
            return subida is not None
    except NoSeRecibe:
        return False  # la están recibiendo: si de veras caducó, se va la próxima vez


def carpeta() -> Path:
    """Dónde están los archivos a medias."""
    return almacen.raiz() / CARPETA


def _ruta(subida: Subida) -> Path:
    return carpeta() / str(subida.clave)


def _candado(clave: uuid.UUID) -> Path:
    return carpeta() / f"{clave}.candado"


def _borrar(clave: uuid.UUID) -> None:
    (carpeta() / str(clave)).unlink(missing_ok=True)
    _candado(clave).unlink(missing_ok=True)


def _asentar_carpeta() -> None:
    """Que el nombre recién creado sobreviva a un apagón."""
    asentar_carpetas(carpeta(), almacen.raiz())
