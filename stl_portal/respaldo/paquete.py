"""El paquete: un tar común, escrito y leído en flujo, en el que cada byte tiene un solo valor posible.

`tar -x` lo abre sin el portal. Quien lo lee aquí exige además que cada encabezado sea exactamente el que se
escribiría, que el relleno sean ceros y que termine donde debe: con las huellas del manifiesto, no queda un
byte que pueda cambiar sin que se note y se diga en dónde.
"""

import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from .errores import Danado, NoSePudo

BLOQUE = 256 * 1024
CUADRO = tarfile.BLOCKSIZE


@dataclass(frozen=True)
class Cosa:
    """Algo guardado en el paquete: cómo se llama, cuántos bytes pesa y su SHA-256."""

    nombre: str
    tamano: int
    huella: str


def encabezado(nombre: str, tamano: int) -> bytes:
    """El único encabezado que puede tener: sin fecha, dueño ni nada que dependa de la máquina."""
    info = tarfile.TarInfo(nombre)
    info.size, info.mode = tamano, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")


def relleno(tamano: int) -> int:
    """Ceros que siguen a un contenido hasta completar su cuadro."""
    return -tamano % CUADRO


def cola(escritos: int) -> int:
    """Ceros con que cierra un tar que lleva esos bytes."""
    return 2 * CUADRO + -(escritos + 2 * CUADRO) % tarfile.RECORDSIZE


class Escritor:
    """Va escribiendo el paquete en `destino`, que no necesita poder regresarse."""

    def __init__(self, destino: IO[bytes]) -> None:
        self._destino = destino
        self._escritos = 0

    def agregar(self, nombre: str, tamano: int, bloques: Iterable[bytes]) -> Cosa:
        """Guarda una cosa. Lanza `NoSePudo` si al leerla no pesa lo anunciado."""
        suma, llevados = hashlib.sha256(), 0
        self._escribir(encabezado(nombre, tamano))
        for bloque in bloques:
            suma.update(bloque)
            llevados += len(bloque)
            if llevados > tamano:
                break
            self._escribir(bloque)
        if llevados != tamano:
            raise NoSePudo(f"«{nombre}» cambió de tamaño mientras se respaldaba; repite la orden.")
        self._escribir(bytes(relleno(tamano)))
        return Cosa(nombre, tamano, suma.hexdigest())

    def cerrar(self) -> None:
        """Escribe el final; sin él, el paquete está incompleto."""
        self._escribir(bytes(cola(self._escritos)))

    def _escribir(self, datos: bytes) -> None:
        self._destino.write(datos)
        self._escritos += len(datos)


class Miembro:
    """Una cosa que se está leyendo. Lo que no se lea se lee solo antes de pasar a la siguiente."""

    def __init__(self, lector: "Lector", nombre: str, tamano: int) -> None:
        self.nombre, self.tamano, self.desde = nombre, tamano, lector.leidos
        self._lector, self._faltan, self._suma = lector, tamano, hashlib.sha256()

    def read(self, cuantos: int = -1) -> bytes:
        """Hasta `cuantos` bytes, o todos los que quedan; vacío al terminar. Lanza `Danado` si se corta."""
        pide = self._faltan if cuantos < 0 else min(cuantos, self._faltan)
        datos = self._lector.exigir(pide, self.nombre)
        self._faltan -= len(datos)
        self._suma.update(datos)
        return datos

    def bloques(self) -> Iterator[bytes]:
        """Lo que queda, por bloques."""
        while bloque := self.read(BLOQUE):
            yield bloque

    def cosa(self) -> Cosa:
        """La cosa ya leída entera."""
        for _ in self.bloques():
            pass
        return Cosa(self.nombre, self.tamano, self._suma.hexdigest())


class Lector:
    """Recorre un paquete. Lanza `Danado` en el primer byte de su armazón que no sea el debido."""

    def __init__(self, origen: IO[bytes]) -> None:
        self._origen = origen
        self.leidos = 0

    def miembros(self) -> Iterator[Miembro]:
        """Cada cosa, en orden; al final comprueba que el paquete termine donde debe."""
        while any(cuadro := self.exigir(CUADRO, "el siguiente encabezado")):
            info = self._leer(cuadro)
            miembro = Miembro(self, info.name, info.size)
            yield miembro
            miembro.cosa()
            self._exigir_ceros(relleno(info.size), f"el relleno de «{info.name}»")
        # El cuadro de ceros ya leído es parte de la cola.
        self._exigir_ceros(cola(self.leidos - CUADRO) - CUADRO, "el cierre")
        if self._origen.read(1):
            raise Danado(f"sobra algo después del cierre (byte {self.leidos})")

    def exigir(self, cuantos: int, donde: str) -> bytes:
        """Esos bytes, ni uno menos. `donde` es lo que se está leyendo, para decirlo si falta."""
        datos = bytearray()
        while len(datos) < cuantos and (bloque := self._origen.read(cuantos - len(datos))):
            datos += bloque
        self.leidos += len(datos)
        if len(datos) < cuantos:
            raise Danado(f"se corta o no se puede leer en el byte {self.leidos}, dentro de «{donde}»")
        return bytes(datos)

    def _exigir_ceros(self, cuantos: int, donde: str) -> None:
        desde = self.leidos
        datos = self.exigir(cuantos, donde)
        if any(datos):
            raise Danado(f"cambió {donde} (byte {desde + len(datos) - len(datos.lstrip(bytes(1)))})")

    def _leer(self, cuadro: bytes) -> tarfile.TarInfo:
        donde = f"cambió el encabezado que empieza en el byte {self.leidos - CUADRO}"
        try:
            info = tarfile.TarInfo.frombuf(cuadro, "utf-8", "strict")
            if encabezado(info.name, info.size) != cuadro:
                raise Danado(donde)
        except (tarfile.TarError, ValueError) as error:
            raise Danado(donde) from error
        return info
