"""Un PostgreSQL de una sola prueba, que se puede detener de golpe y volver a encender con lo que tenía."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from bench.enfrente import RAIZ, puerto_libre

CONFIANZA = "trust"  # solo escucha en 127.0.0.1 y vive lo que la prueba


def _programas() -> Path:
    """La carpeta de los programas del servidor más reciente."""
    halladas = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda r: int(r.parts[4]))
    if not halladas:  # lo instala quien levanta el de las demás pruebas
        subprocess.run([RAIZ / ".ci" / "con-postgres", "true"], check=True)
        return _programas()
    return halladas[-1].parent


@dataclass
class Servidor:
    """Sus datos en una carpeta, y el puerto donde atiende."""

    carpeta: Path
    puerto: int

    @property
    def direccion(self) -> str:
        """Como `DATABASE_URL`."""
        return f"postgres://portal@127.0.0.1:{self.puerto}/postgres"

    def encender(self) -> None:
        """Vuelve cuando ya contesta."""
        opciones = f"-p {self.puerto} -k {self.carpeta} -c listen_addresses=127.0.0.1 -c fsync=off"
        self._pg_ctl("start", "-w", "-l", str(self.carpeta / "servidor.log"), "-o", opciones)

    def detener(self) -> None:
        """De golpe, como si se fuera la luz: sin esperar a quien tiene una conexión."""
        self._pg_ctl("stop", "-w", "-m", "immediate")

    def crear(self) -> None:
        """La carpeta de datos, vacía."""
        self._correr("initdb", "-D", str(self.carpeta / "datos"), "-U", "portal", f"--auth={CONFIANZA}")

    def _pg_ctl(self, *orden: str) -> None:
        self._correr("pg_ctl", "-D", str(self.carpeta / "datos"), *orden)

    def _correr(self, programa: str, *orden: str) -> None:
        """PostgreSQL se niega a correr como root."""
        como = {"user": _sin_privilegios()} if os.geteuid() == 0 else {}
        completa = [str(_programas() / programa), *orden]
        subprocess.run(completa, check=True, stdout=subprocess.DEVNULL, cwd="/", **como)  # type: ignore[call-overload]


def _sin_privilegios() -> str:
    return "postgres" if "postgres" in {cuenta.pw_name for cuenta in pwd.getpwall()} else "nobody"


@contextmanager
def servidor(donde: Path | None = None) -> Iterator[Servidor]:
    """Encendido, en una carpeta de ahí o de donde sea; al terminar se detiene y se borra."""
    carpeta = Path(mkdtemp(prefix="portal-pg-", dir=donde))
    if os.geteuid() == 0:
        shutil.chown(carpeta, _sin_privilegios())
    uno = Servidor(carpeta, puerto_libre())
    uno.crear()
    uno.encender()
    try:
        yield uno
    finally:
        if (carpeta / "datos" / "postmaster.pid").exists():
            uno.detener()
        shutil.rmtree(carpeta, ignore_errors=True)
