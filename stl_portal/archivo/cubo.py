"""El depósito en un servicio que habla S3: un cubo con un objeto por nombre.

Poner un objeto es de una vez: o queda entero o no queda. Cada petición va firmada con la suma de lo que
lleva, así que el servicio rechaza lo que se dañe en el camino. De aquí se lee por tramos, sin bajarlo entero.
"""

import datetime as dt
import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any, BinaryIO, cast

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from .deposito import AlmacenCaido, Puesto

registro = logging.getLogger(__name__)
FALLAS = (BotoCoreError, ClientError, Boto3Error)
TRAMO = 8 * 1024 * 1024  # bytes que se piden de una vez al leer
BLOQUE = 256 * 1024
INTENTOS = 3  # seguidos y sin que llegue nada, antes de darse por vencido a la mitad de una lectura
PENDIENTES = "pendientes"
_CONTENIDO = re.compile(r"[0-9a-f]{2}/[^/]+")
# Direcciones con el cubo en la ruta y sin las sumas más nuevas: así lo entiende cualquier servicio. Esperas
# cortas: quien pide un archivo mientras el servicio no responde debe saberlo pronto.
CLIENTE = Config(
    s3={"addressing_style": "path", "payload_signing_enabled": True},
    signature_version="s3v4",
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
    connect_timeout=3,
    read_timeout=20,
    retries={"total_max_attempts": 2, "mode": "standard"},
    max_pool_connections=32,
)


class EnCubo(S3Storage):
    """Cada nombre es un objeto del cubo; ninguno se ve desde fuera: todo lo entrega el portal."""

    def get_default_settings(self) -> dict[str, Any]:
        """Los de la biblioteca, con nuestra manera de conectarse."""
        propios = {"client_config": CLIENTE, "transfer_config": TransferConfig(use_threads=False)}
        return super().get_default_settings() | propios

    def size(self, name: str) -> int:
        """Cuánto pesa. Lanza `FileNotFoundError`."""
        return int(self._objeto(name).content_length)

    def delete(self, name: str) -> None:
        """Lo quita; si no está, nada."""
        with sin_fallar(f"quitar {name}"):
            super().delete(name)

    def abrir(self, nombre: str) -> BinaryIO:
        """Para leerlo por tramos. Lanza `FileNotFoundError`."""
        objeto = self._objeto(nombre)
        entero = Lectura(nombre, objeto.content_length, _pedidor(objeto))
        return cast(BinaryIO, io.BufferedReader(entero, BLOQUE))

    def en_disco(self, nombre: str) -> None:
        """Ninguno lo está."""

    def colocar(self, ruta: Path, nombre: str) -> None:
        """Lo sube y, cuando el servicio dijo que ya lo tiene, lo borra de la carpeta de trabajo."""
        with sin_fallar(f"guardar {nombre}"):
            self.bucket.Object(nombre).upload_file(str(ruta), Config=self.transfer_config)
        ruta.unlink(missing_ok=True)

    def mover(self, nombre: str, otro: str) -> None:
        """El servicio lo copia con el otro nombre y luego quita este. Lanza `FileNotFoundError`."""
        self._objeto(nombre)
        with sin_fallar(f"mover {nombre}"):
            origen = {"Bucket": self.bucket_name, "Key": nombre}
            self.bucket.Object(otro).copy(origen, Config=self.transfer_config)
        self.delete(nombre)

    def contenidos(self) -> Iterator[Puesto]:
        """Los que están bajo dos signos de huella."""
        return (puesto for puesto in self.en_carpeta("") if _CONTENIDO.fullmatch(puesto.nombre))

    def en_carpeta(self, carpeta: str) -> Iterator[Puesto]:
        """Los de esa carpeta; con el nombre vacío, todos."""
        with sin_fallar("decir qué tiene"):
            for objeto in self.bucket.objects.filter(Prefix=f"{carpeta}/" if carpeta else ""):
                yield Puesto(objeto.key, objeto.last_modified)

    def abandonar(self, limite: dt.datetime) -> int:
        """Las subidas por partes que nadie terminó y las pruebas de que responde que nadie quitó."""
        sueltos = [puesto for puesto in self.en_carpeta(PENDIENTES) if puesto.desde < limite]
        for suelto in sueltos:
            self.delete(suelto.nombre)
        with sin_fallar("quitar lo que quedó a medias"):
            partes = [parte for parte in self.bucket.multipart_uploads.all() if parte.initiated < limite]
            for parte in partes:
                parte.abort()
        return len(sueltos) + len(partes)

    def esta_vacio(self) -> bool:
        """Si no tiene ni un objeto."""
        with sin_fallar("decir si está vacío"):
            return not list(self.bucket.objects.limit(1))

    def _objeto(self, nombre: str) -> Any:
        """El objeto con lo que el servicio dice de él. Lanza `FileNotFoundError`."""
        objeto = self.bucket.Object(nombre)
        with sin_fallar(f"decir cuánto pesa {nombre}"):
            try:
                objeto.load()
            except ClientError as error:
                if error.response["ResponseMetadata"]["HTTPStatusCode"] != HTTPStatus.NOT_FOUND:
                    raise
                # Del cubo que no existe se contesta lo mismo: eso no es que falte un archivo.
                self.bucket.meta.client.head_bucket(Bucket=self.bucket_name)
                raise FileNotFoundError(nombre) from error
        return objeto


@contextmanager
def sin_fallar(que: str) -> Iterator[None]:
    """Convierte en `AlmacenCaido` lo que diga el servicio, y lo anota."""
    try:
        yield
    except FALLAS as error:
        registro.error("El almacén S3 no pudo %s: %s", que, error)
        raise AlmacenCaido from error


def _pedidor(objeto: Any) -> Callable[[int, int], Any]:
    """Cómo se piden sus bytes del primero al último dichos, mientras siga siendo el mismo."""

    def pedir(primero: int, ultimo: int) -> Any:
        return objeto.get(Range=f"bytes={primero}-{ultimo}", IfMatch=objeto.e_tag)["Body"]

    return pedir


class Lectura(io.RawIOBase):
    """Un objeto que se lee por tramos y desde cualquier lugar; si se corta a la mitad, sigue donde iba."""

    def __init__(self, nombre: str, tamano: int, pedir: Callable[[int, int], Any]) -> None:
        """No pide nada hasta que se lee."""
        super().__init__()
        self._nombre, self._tamano, self._pedir = nombre, tamano, pedir
        self._lugar, self._cuerpo, self._quedan = 0, cast(Any, None), 0

    def readable(self) -> bool:
        """Se lee."""
        return True

    def seekable(self) -> bool:
        """Desde donde sea."""
        return True

    def tell(self) -> int:
        """El byte que sigue."""
        return self._lugar

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Se pone en otro lugar; el tramo que venía ya no sirve."""
        lugar = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._lugar, io.SEEK_END: self._tamano}[whence]
        if lugar != self._lugar:
            self._soltar()
        self._lugar = lugar
        return lugar

    def readinto(self, buffer: Any) -> int:
        """Los bytes que siguen. Lanza `AlmacenCaido`."""
        faltan = min(len(buffer), self._tamano - self._lugar)
        if faltan <= 0:
            return 0
        with sin_fallar(f"leer {self._nombre} desde el byte {self._lugar}"):
            leido = self._leer(faltan)
        buffer[: len(leido)] = leido
        self._lugar += len(leido)
        self._quedan -= len(leido)
        return len(leido)

    def _leer(self, cuantos: int) -> bytes:
        for intento in range(1, INTENTOS + 1):
            try:
                if leido := self._tramo().read(min(cuantos, self._quedan)):
                    return bytes(leido)
            except FALLAS:
                if intento == INTENTOS:
                    raise
            self._soltar()
        raise AlmacenCaido

    def _tramo(self) -> Any:
        if not self._quedan:
            self._soltar()
            ultimo = min(self._lugar + TRAMO, self._tamano) - 1
            self._cuerpo, self._quedan = self._pedir(self._lugar, ultimo), ultimo - self._lugar + 1
        return self._cuerpo

    def _soltar(self) -> None:
        if self._cuerpo is not None:
            with suppress(*FALLAS):
                self._cuerpo.close()
        self._cuerpo, self._quedan = None, 0

    def close(self) -> None:
        """Suelta la conexión."""
        self._soltar()
        super().close()
