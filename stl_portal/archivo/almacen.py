"""El almacén: cada archivo vive bajo su huella SHA-256 y nunca se sobrescribe con otra cosa.

El orden de las escrituras decide qué pasa si la luz se va a la mitad: archivo completo en la carpeta de
trabajo, en disco → nombre definitivo en el depósito (deposito.py: el mismo disco o un cubo S3) → renglón en
la base. Un corte deja, cuando mucho, un archivo sin renglón; jamás un renglón sin archivo.
"""

import datetime as dt
import hashlib
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile

from stl_portal.espanol import peso

from . import deposito, tipos
from .inspeccion import ArchivoRechazado, Veredicto, inspeccionar
from .models import Archivo
from .nombres import limpiar_nombre
from .recepcion import SIN_ESPACIO

PENDIENTES = "pendientes"
NO_CABE = (
    "No queda espacio para guardar archivos. Avisa al personal técnico; lo que ya capturaste no se pierde."
)
VIDA_PENDIENTE = dt.timedelta(hours=24)
BLOQUE = 256 * 1024


def raiz() -> Path:
    """La carpeta de trabajo de esta máquina; con el depósito en disco, también él está en ella."""
    return Path(settings.MEDIA_ROOT).absolute()


def guardar(subido: "File[Any]", por: Any = None) -> Archivo:
    """Recibe, revisa y guarda; si ya se tenía ese mismo contenido, devuelve su fila.

    Lanza `ArchivoRechazado` con una frase para quien lo subió; entonces no queda nada guardado.
    """
    if getattr(subido, "sin_espacio", False):
        raise ArchivoRechazado(NO_CABE)
    nombre = limpiar_nombre(subido.name or "")
    with pendiente() as ruta:
        huella, tamano = _recibir(subido, ruta)
        veredicto = inspeccionar(ruta, nombre, getattr(subido, "content_type", "") or "")
        colocar(ruta, huella)
    return _anotar(huella, tamano, nombre, veredicto, por)


def guardar_propio(contenido: bytes, nombre: str, por: Any = None) -> Archivo:
    """Guarda un documento que el propio portal produjo: no se inspecciona, su tipo lo da el nombre."""
    with pendiente() as ruta:
        huella, tamano = _recibir(ContentFile(contenido), ruta)
        colocar(ruta, huella)
    nombre = limpiar_nombre(nombre)
    return _anotar(huella, tamano, nombre, Veredicto(tipos.por_extension(nombre).mime), por)


@dataclass(frozen=True)
class Escrito:
    """Algo que el portal escribió: completo en disco, todavía fuera del depósito y sin renglón."""

    ruta: Path
    huella: str
    tamano: int


@contextmanager
def escrito(abierto: BinaryIO) -> Iterator[Escrito]:
    """Lo que el portal generó en un archivo temporal: ni pasa por la memoria ni tiene tope.

    Si dentro no se llama a `guardar_escrito`, no queda nada. Lanza `ArchivoRechazado` si no hay espacio.
    """
    with pendiente() as ruta:
        suma, tamano = hashlib.sha256(), 0
        with ruta.open("xb") as destino:
            while bloque := abierto.read(BLOQUE):
                suma.update(bloque)
                tamano += destino.write(bloque)
            destino.flush()
            os.fsync(destino.fileno())
        yield Escrito(ruta, suma.hexdigest(), tamano)


def guardar_escrito(suyo: Escrito, nombre: str, mime: str) -> Archivo:
    """Le da su nombre definitivo y su renglón: es lo único que hay que hacer dentro de una transacción."""
    colocar(suyo.ruta, suyo.huella)
    return _anotar(suyo.huella, suyo.tamano, nombre, Veredicto(mime), None)


def reponer(abierto: BinaryIO, huella: str) -> bool:
    """Pone en su lugar un contenido que otro almacén ya había revisado; False si ya estaba. Sin renglón.

    Lanza `ArchivoRechazado` si no da su huella o si no hay espacio.
    """
    if pesa(huella) is not None:
        return False
    with escrito(abierto) as suyo:
        if suyo.huella != huella:
            raise ArchivoRechazado(f"El archivo {huella} no da su huella: se dañó al copiarse.")
        colocar(suyo.ruta, huella)
    return True


def adoptar(ruta: Path, huella: str, tamano: int, nombre: str, declarado: str, por: Any) -> Archivo:
    """Inspecciona y guarda un archivo que ya está en disco y cuya huella ya se comprobó.

    Puede ser el que ya está en su lugar definitivo: ponerlo otra vez no cambia nada. Lanza
    `ArchivoRechazado` y `AlmacenCaido`; entonces `ruta` se queda donde estaba.
    """
    veredicto = inspeccionar(ruta, nombre, declarado)
    colocar(ruta, huella)
    return _anotar(huella, tamano, nombre, veredicto, por)


def _anotar(huella: str, tamano: int, nombre: str, veredicto: Veredicto, por: Any) -> Archivo:
    """El renglón del archivo que ya está en el depósito; uno solo por contenido."""
    archivo, _ = Archivo.objects.get_or_create(
        huella=huella,
        defaults={
            "nombre": nombre,
            "tipo": veredicto.tipo,
            "tamano": tamano,
            "paginas": veredicto.paginas,
            "advertencias": list(veredicto.advertencias),
            "subido_por": por,
        },
    )
    return archivo


def abrir(archivo: Archivo) -> BinaryIO:
    """Abre el contenido para leerlo. Lanza `FileNotFoundError` si falta."""
    return deposito.actual().abrir(archivo.ruta)


def leer(archivo: Archivo) -> bytes:
    """El contenido completo; para documentos propios, que son pequeños."""
    with abrir(archivo) as abierto:
        return abierto.read()


def pesa(huella: str) -> int | None:
    """Los bytes del contenido con esa huella; None si no está."""
    try:
        return deposito.actual().size(Archivo(huella=huella).ruta)
    except FileNotFoundError:
        return None


@contextmanager
def a_la_mano(archivo: Archivo) -> Iterator[Path]:
    """El contenido en el disco de esta máquina, para los programas que lo leen por su ruta.

    Si el depósito no está en ella, es una copia que se borra al salir. Lanza `FileNotFoundError` si falta y
    `ArchivoRechazado` si la copia no cabe.
    """
    suya = deposito.actual().en_disco(archivo.ruta)
    if suya is not None:
        yield suya
        return
    with abrir(archivo) as abierto, pendiente() as copia:
        with copia.open("xb") as destino:
            shutil.copyfileobj(abierto, destino, BLOQUE)
        yield copia


@contextmanager
def pendiente() -> Iterator[Path]:
    """Un lugar provisional que se limpia solo; si el proceso muere, lo barre `limpiar_pendientes`."""
    carpeta = raiz() / PENDIENTES
    carpeta.mkdir(parents=True, exist_ok=True)
    ruta = carpeta / uuid.uuid4().hex
    try:
        yield ruta
    except OSError as error:
        if error.errno not in SIN_ESPACIO:
            raise
        raise ArchivoRechazado(NO_CABE) from error
    finally:
        ruta.unlink(missing_ok=True)


def _recibir(subido: "File[Any]", ruta: Path) -> tuple[str, int]:
    """Copia a disco con tope de tamaño y calcula la huella al paso. Devuelve huella y bytes."""
    suma, tamano = hashlib.sha256(), 0
    with ruta.open("xb") as destino:
        for bloque in subido.chunks(BLOQUE):
            tamano += len(bloque)
            if tamano > settings.ARCHIVO_MAXIMO:
                raise ArchivoRechazado(muy_grande(subido.size or tamano))
            suma.update(bloque)
            destino.write(bloque)
        destino.flush()
        os.fsync(destino.fileno())
    return suma.hexdigest(), tamano


def muy_grande(tamano: int) -> str:
    """Frase para un archivo que se pasa del máximo."""
    return f"El archivo pesa {peso(tamano)}; el máximo es {peso(settings.ARCHIVO_MAXIMO)}."


def colocar(ruta: Path, huella: str) -> None:
    """Da al archivo su nombre definitivo; ya no está en la carpeta de trabajo. Lanza `AlmacenCaido`.

    Si dos personas suben lo mismo a la vez, la segunda pone bytes idénticos en el mismo nombre.
    """
    deposito.actual().colocar(ruta, Archivo(huella=huella).ruta)


@dataclass
class Revision:
    """Lo que no cuadra entre la base y el depósito."""

    revisados: int = 0
    faltantes: list[Archivo] = field(default_factory=list)  # renglón sin archivo
    alterados: list[Archivo] = field(default_factory=list)  # el contenido ya no da su huella
    huerfanos: list[str] = field(default_factory=list)  # archivo sin renglón: sobra, no daña

    @property
    def integro(self) -> bool:
        """Si todo renglón tiene su archivo intacto."""
        return not self.faltantes and not self.alterados


def revisar() -> Revision:
    """Compara renglones y depósito, volviendo a calcular cada huella."""
    revision = Revision()
    conocidas = set()
    for archivo in Archivo.objects.order_by("pk").iterator():
        revision.revisados += 1
        conocidas.add(archivo.huella)
        try:
            if huella_abierta(abrir(archivo)) != archivo.huella:
                revision.alterados.append(archivo)
        except FileNotFoundError:
            revision.faltantes.append(archivo)
    guardadas = {puesto.propio for puesto in deposito.actual().contenidos()}
    revision.huerfanos = sorted(guardadas - conocidas)
    return revision


def huella_abierta(abierto: BinaryIO) -> str:
    """SHA-256 de lo que queda por leer; lo cierra."""
    with abierto:
        return hashlib.file_digest(cast(Any, abierto), "sha256").hexdigest()


def huella_de(ruta: Path) -> str:
    """SHA-256 de un archivo en disco."""
    return huella_abierta(ruta.open("rb"))


def limpiar_pendientes(ahora: dt.datetime) -> int:
    """Borra recepciones a medias de hace más de 24 horas. Devuelve cuántas."""
    limite = ahora - VIDA_PENDIENTE
    viejos = [r for r in (raiz() / PENDIENTES).glob("*") if r.stat().st_mtime < limite.timestamp()]
    for ruta in viejos:
        ruta.unlink(missing_ok=True)
    return len(viejos) + deposito.actual().abandonar(limite)


def responde() -> bool:
    """Si algo de unos bytes se escribe, se lee igual y se borra. Lanza lo que falle."""
    contenido, suyo = uuid.uuid4().hex.encode(), deposito.actual()
    with pendiente() as ruta:
        ruta.write_bytes(contenido)
        nombre = f"{PENDIENTES}/prueba-{ruta.name}"
        suyo.colocar(ruta, nombre)
    try:
        with suyo.abrir(nombre) as abierto:
            return abierto.read() == contenido
    finally:
        suyo.delete(nombre)
