"""Un servicio S3 de verdad, en otro proceso y por HTTP: el servidor de moto en esta máquina."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LISTO = 60  # segundos; con la máquina llena tarda en arrancar


def puerto_libre() -> int:
    """Uno en que nadie escucha."""
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return int(enchufe.getsockname()[1])


@dataclass(frozen=True)
class Cubo:
    """Un cubo del servicio, con las variables de entorno que lo dan al portal."""

    url: str
    nombre: str

    def entorno(self) -> dict[str, str]:
        return {
            "ALMACEN_S3_CUBO": self.nombre,
            "ALMACEN_S3_URL": self.url,
            "ALMACEN_S3_REGION": "us-east-1",
            "ALMACEN_S3_LLAVE": "llave-de-la-prueba",
            "ALMACEN_S3_SECRETO": "secreto-de-la-prueba",
        }


@contextmanager
def encendido(carpeta: Path) -> Iterator[str]:
    """La dirección del servicio, mientras dure."""
    puerto = puerto_libre()
    url = f"http://127.0.0.1:{puerto}"
    orden = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(puerto)]
    with (carpeta / "s3.log").open("wb") as dicho:
        proceso = subprocess.Popen(orden, stdout=dicho, stderr=subprocess.STDOUT)
        try:
            _esperar(url, proceso)
            yield url
        finally:
            proceso.terminate()
            proceso.wait(10)


def _esperar(url: str, proceso: "subprocess.Popen[bytes]") -> None:
    limite = time.monotonic() + LISTO
    while time.monotonic() < limite and proceso.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/moto-api/", timeout=5).close()
        except urllib.error.HTTPError as contestado:
            contestado.close()
        except OSError:
            time.sleep(0.05)
            continue
        return
    raise AssertionError("El servicio S3 de prueba no arrancó.")
