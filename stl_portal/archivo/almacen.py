"""El almacén: cada archivo vive bajo su huella SHA-256 y nunca se sobrescribe con otra cosa.

El orden de las escrituras decide qué pasa si la luz se va a la mitad: archivo completo en
disco → nombre definitivo → carpeta en disco → renglón en la base. Un corte deja, cuando mucho,
un archivo sin renglón; jamás un renglón sin archivo.
"""

import datetime as dt
import hashlib
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from stl_portal.espanol import peso

from . import tipos
from .inspeccion import ArchivoRechazado, Veredicto, imagen_limpia, inspeccionar
from .models import Archivo
from .nombres import limpiar_nombre
from .recepcion import SIN_ESPACIO

PENDIENTES = "pendientes"
LIMPIAS = "limpias"
NO_CABE = (
    "No queda espacio para guardar archivos. Avisa al personal técnico; lo que ya capturaste no se pierde."
)
VIDA_PENDIENTE = dt.timedelta(hours=24)
BLOQUE = 256 * 1024


def raiz() -> Path:
    """Carpeta del almacén."""
    return Path(default_storage.path(""))


def ruta_de(archivo: Archivo) -> Path:
    """Dónde está en disco."""
    return raiz() / archivo.ruta


def guardar(subido: "File[Any]", por: Any = None) -> Archivo:
    """Recibe, revisa y guarda; si ya se tenía ese mismo contenido, devuelve su fila.

    Lanza `ArchivoRechazado` con una frase para quien lo subió; entonces no queda nada guardado.
    """
    if getattr(subido, "sin_espacio", False):
        raise ArchivoRechazado(NO_CABE)
    nombre = limpiar_nombre(subido.name or "")
    with _pendiente() as ruta:
        huella, tamano = _recibir(subido, ruta)
        veredicto = inspeccionar(ruta, nombre, getattr(subido, "content_type", "") or "")
        _colocar(ruta, huella)
    return _anotar(huella, tamano, nombre, veredicto, por)


def guardar_propio(contenido: bytes, nombre: str, por: Any = None) -> Archivo:
    """Guarda un documento que el propio portal produjo: no se inspecciona, su tipo lo da el nombre."""
    with _pendiente() as ruta:
        huella, tamano = _recibir(ContentFile(contenido), ruta)
        _colocar(ruta, huella)
    nombre = limpiar_nombre(nombre)
    return _anotar(huella, tamano, nombre, Veredicto(tipos.por_extension(nombre).mime), por)


@dataclass(frozen=True)
class Escrito:
    """Algo que el portal escribió: completo en disco, todavía sin nombre definitivo ni renglón."""

    ruta: Path
    huella: str
    tamano: int


@contextmanager
def escrito(abierto: BinaryIO) -> Iterator[Escrito]:
    """Lo que el portal generó en un archivo temporal: ni pasa por la memoria ni tiene tope.

    Si dentro no se llama a `guardar_escrito`, no queda nada. Lanza `ArchivoRechazado` si no hay espacio.
    """
    with _pendiente() as ruta:
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
    _colocar(suyo.ruta, suyo.huella)
    return _anotar(suyo.huella, suyo.tamano, nombre, Veredicto(mime), None)


def reponer(abierto: BinaryIO, huella: str) -> bool:
    """Pone en su lugar un contenido que otro almacén ya había revisado; False si ya estaba. Sin renglón.

    Lanza `ArchivoRechazado` si no da su huella o si no hay espacio.
    """
    if lugar_de(huella).is_file():
        return False
    with escrito(abierto) as suyo:
        if suyo.huella != huella:
            raise ArchivoRechazado(f"El archivo {huella} no da su huella: se dañó al copiarse.")
        _colocar(suyo.ruta, huella)
    return True


def adoptar(ruta: Path, huella: str, tamano: int, nombre: str, declarado: str, por: Any) -> Archivo:
    """Inspecciona y guarda un archivo que ya está en disco y cuya huella ya se comprobó.

    Puede estar ya en su lugar definitivo. Lanza `ArchivoRechazado`; entonces `ruta` se queda donde estaba.
    """
    veredicto = inspeccionar(ruta, nombre, declarado)
    if ruta != lugar_de(huella):
        _colocar(ruta, huella)
    return _anotar(huella, tamano, nombre, veredicto, por)


def lugar_de(huella: str) -> Path:
    """Dónde queda en disco un contenido con esa huella."""
    return raiz() / huella[:2] / huella


def _anotar(huella: str, tamano: int, nombre: str, veredicto: Veredicto, por: Any) -> Archivo:
    """El renglón del archivo que ya está en disco; uno solo por contenido."""
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
    """Abre el contenido para leerlo. Lanza `FileNotFoundError` si falta en el disco."""
    return ruta_de(archivo).open("rb")


def leer(archivo: Archivo) -> bytes:
    """El contenido completo; para documentos propios, que son pequeños."""
    with abrir(archivo) as abierto:
        return abierto.read()


def ruta_limpia(archivo: Archivo) -> Path:
    """Copia de una imagen sin metadatos: la que se muestra y la que recibe cualquiera."""
    return derivado(archivo, LIMPIAS, imagen_limpia)


def derivado(archivo: Archivo, carpeta: str, hacer: Callable[[Path, str], bytes]) -> Path:
    """Lo que se obtiene de un archivo; se hace la primera vez, de su ruta y su tipo, y se conserva.

    Lanza `FileNotFoundError` si falta el original y `ArchivoRechazado` si no se pudo hacer.
    """
    destino = raiz() / carpeta / archivo.huella
    if destino.is_file():
        return destino
    if not ruta_de(archivo).is_file():
        raise FileNotFoundError(archivo.huella)
    with _pendiente() as ruta:
        ruta.write_bytes(hacer(ruta_de(archivo), archivo.tipo))
        destino.parent.mkdir(exist_ok=True)
        ruta.replace(destino)
    return destino


@contextmanager
def _pendiente() -> Iterator[Path]:
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


def _colocar(ruta: Path, huella: str) -> None:
    """Da al archivo su nombre definitivo y se asegura de que la carpeta quede escrita en disco.

    Si dos personas suben lo mismo a la vez, la segunda pone bytes idénticos en el mismo nombre.
    """
    destino = lugar_de(huella)
    destino.parent.mkdir(exist_ok=True)
    ruta.replace(destino)
    asentar_carpetas(destino.parent, raiz())


def asentar_carpetas(*carpetas: Path) -> None:
    """Que los nombres de esas carpetas sobrevivan a un apagón."""
    for carpeta in carpetas:
        descriptor = os.open(carpeta, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass
class Revision:
    """Lo que no cuadra entre la base y el disco."""

    revisados: int = 0
    faltantes: list[Archivo] = field(default_factory=list)  # renglón sin archivo
    alterados: list[Archivo] = field(default_factory=list)  # el contenido ya no da su huella
    huerfanos: list[str] = field(default_factory=list)  # archivo sin renglón: sobra, no daña

    @property
    def integro(self) -> bool:
        """Si todo renglón tiene su archivo intacto."""
        return not self.faltantes and not self.alterados


def revisar() -> Revision:
    """Compara renglones y disco, volviendo a calcular cada huella."""
    revision = Revision()
    conocidas = set()
    for archivo in Archivo.objects.order_by("pk").iterator():
        revision.revisados += 1
        conocidas.add(archivo.huella)
        if not ruta_de(archivo).is_file():
            revision.faltantes.append(archivo)
        elif huella_de(ruta_de(archivo)) != archivo.huella:
            revision.alterados.append(archivo)
    en_disco = {ruta.name for ruta in raiz().glob("[0-9a-f][0-9a-f]/*")}
    revision.huerfanos = sorted(en_disco - conocidas)
    return revision


def huella_de(ruta: Path) -> str:
    """SHA-256 de un archivo en disco."""
    with ruta.open("rb") as abierto:
        return hashlib.file_digest(abierto, "sha256").hexdigest()


def limpiar_pendientes(ahora: dt.datetime) -> int:
    """Borra recepciones a medias de hace más de 24 horas. Devuelve cuántas."""
    limite = (ahora - VIDA_PENDIENTE).timestamp()
    viejos = [ruta for ruta in (raiz() / PENDIENTES).glob("*") if ruta.stat().st_mtime < limite]
    for ruta in viejos:
        ruta.unlink(missing_ok=True)
    return len(viejos)
