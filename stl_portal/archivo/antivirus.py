"""El antivirus, si hay uno: lo recibido pasa por clamd antes de quedar disponible (ASVS 5.4.3).

Se habla con él por su orden INSTREAM: los bytes van por el zócalo, y puede ser de otro usuario o de otra
máquina, que no ve nuestros archivos. El protocolo son estas líneas; las bibliotecas que lo hablan no sirven
aquí: `clamd` no se mantiene desde 2014, `pyclamd` tampoco, y `clamav-client` solo se usa bajo GPL-2.0.

Sin `ANTIVIRUS_SOCKET` no se pregunta nada. Con él, nada se acepta sin su respuesta.
"""

import logging
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from .deposito import AlmacenCaido
from .veredicto import ArchivoRechazado

registro = logging.getLogger(__name__)
BLOQUE = 128 * 1024
ESPERA = 60  # segundos sin noticias de él; un video grande tarda, pero va recibiendo
RESPUESTA = 4096  # bytes; la suya es un renglón
HALLADO = (
    "El antivirus reconoció en el archivo «{que}», así que no se guardó. Revisa el aparato de donde salió y "
    "consigue el archivo limpio."
)


class SinRevisar(AlmacenCaido):
    """El antivirus no contestó: el archivo ni se acepta ni se rechaza; lo llegado en partes espera."""

    def __str__(self) -> str:
        return (
            "El antivirus no contesta y sin él no se recibe ningún archivo. Lo que ya llegó en partes sigue "
            "ahí; inténtalo otra vez en un momento."
        )


def hay() -> bool:
    """Si se configuró uno."""
    return bool(settings.ANTIVIRUS_SOCKET)


def exigir_limpio(ruta: Path) -> None:
    """Lanza `ArchivoRechazado` si reconoce algo en el archivo, y `SinRevisar` si no lo revisó entero."""
    if not hay():
        return
    with ruta.open("rb") as abierto:
        dicho = _conversar(b"zINSTREAM\0", iter(lambda: abierto.read(BLOQUE), b""))
    nombre, _, resultado = dicho.removeprefix("stream: ").rpartition(" ")
    if resultado == "FOUND":
        registro.warning("El antivirus reconoció %s en un archivo recibido.", nombre)
        raise ArchivoRechazado(HALLADO.format(que=nombre[:80]))
    if dicho != "stream: OK":  # más grande de lo que acepta, sin memoria, sin base de firmas…
        registro.error("El antivirus no revisó un archivo: %s", dicho[:200])
        raise SinRevisar


def version() -> str:
    """Cuál es y de cuándo son sus firmas, como él lo dice. Lanza `SinRevisar`."""
    return _conversar(b"zVERSION\0")


def _conversar(orden: bytes, bloques: Iterator[bytes] | None = None) -> str:
    """Su respuesta, sin el cero que la termina. Lanza `SinRevisar`."""
    try:
        with _abierto() as zocalo:
            zocalo.sendall(orden)
            try:
                for bloque in bloques or ():
                    zocalo.sendall(struct.pack("!L", len(bloque)) + bloque)
                if bloques is not None:
                    zocalo.sendall(struct.pack("!L", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # dejó de escuchar porque ya tiene qué decir: que se pasó de su tope
            dicho = _renglon(zocalo)
    except OSError as error:
        registro.error("El antivirus no contesta: %s", error)
        raise SinRevisar from error
    if not dicho:
        raise SinRevisar
    return dicho


@contextmanager
def _abierto() -> Iterator[socket.socket]:
    """Conectado a `ANTIVIRUS_SOCKET`: la ruta de un zócalo, o «host:puerto»."""
    donde = settings.ANTIVIRUS_SOCKET
    if donde.startswith("/"):
        with socket.socket(socket.AF_UNIX) as zocalo:
            zocalo.settimeout(ESPERA)
            zocalo.connect(donde)
            yield zocalo
        return
    maquina, _, puerto = donde.rpartition(":")
    if not puerto.isdecimal():
        raise OSError("ANTIVIRUS_SOCKET no es una ruta ni «host:puerto»")
    with socket.create_connection((maquina.strip("[]"), int(puerto)), timeout=ESPERA) as zocalo:
        yield zocalo


def _renglon(zocalo: socket.socket) -> str:
    """Lo que contesta hasta su cero, o hasta que cierra."""
    dicho = b""
    while b"\0" not in dicho and len(dicho) < RESPUESTA and (mas := zocalo.recv(RESPUESTA)):
        dicho += mas
    return dicho.partition(b"\0")[0].decode(errors="replace").strip()
