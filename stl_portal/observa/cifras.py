"""Las cifras de lo que cada proceso contesta, que Prometheus lee sumadas (`metricas.py`).

Cada proceso suma en archivos de su turno, que al terminar toma el que sigue: las cuentas no vuelven a cero al
reiniciar ni se acumulan archivos de procesos muertos, como pasaría con uno por número de proceso. Se apartan
enteros al abrirlos: escribir con el disco lleno en uno que no lo está mataría al proceso.
"""

import fcntl
import logging
import os
import sys
from pathlib import Path

from prometheus_client import Counter, Histogram, values
from prometheus_client.mmap_dict import MmapedDict

from . import intentos
from .peticion import Peticion

RESERVA = 4 * 1024 * 1024  # bytes por archivo; con las mil direcciones del portal se ocupa la mitad
TURNOS = 256
CUBETAS = (0.005, 0.025, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)  # segundos
bitacora = logging.getLogger(__name__)


class Cifras:
    """Las que suma este proceso."""

    def __init__(self, carpeta: Path) -> None:
        """Toma un turno en esa carpeta; `OSError` si no se puede escribir en ella."""
        carpeta.mkdir(parents=True, exist_ok=True)
        self._turno, self._candado = _tomar_turno(carpeta)
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(carpeta)  # la biblioteca solo la lee de ahí
        values.ValueClass = values.MultiProcessValue(lambda: self._turno)  # type: ignore[no-untyped-call]
        self._peticiones = Counter(
            "portal_peticiones", "Peticiones contestadas.", ("metodo", "ruta", "codigo"), registry=None
        )
        self._duracion = Histogram(
            "portal_duracion_segundos",
            "Hasta que hay con qué contestar.",
            ("ruta",),
            buckets=CUBETAS,
            registry=None,
        )
        self._consultas = Counter("portal_consultas", "Consultas a la base.", ("ruta",), registry=None)
        self._errores = Counter("portal_errores", "Contestadas con 5xx.", ("ruta", "codigo"), registry=None)
        self._intentos = Counter(
            "portal_intentos", "Toparon con un control.", ("ruta", "codigo"), registry=None
        )

    def sumar(self, metodo: str, ruta: str, peticion: Peticion, segundos: float) -> None:
        """Una petición más."""
        self._peticiones.labels(metodo, ruta, peticion.codigo).inc()
        self._duracion.labels(ruta).observe(segundos)
        if peticion.consultas:
            self._consultas.labels(ruta).inc(peticion.consultas)
        if intentos.es(peticion):
            self._intentos.labels(ruta, peticion.codigo).inc()
        if peticion.codigo >= 500:
            self._errores.labels(ruta, peticion.codigo).inc()


def abrir(carpeta: Path) -> Cifras | None:
    """Las de este proceso; sin dónde escribirlas, el portal atiende igual y lo dice."""
    try:
        return Cifras(carpeta)
    except OSError as error:
        bitacora.warning("No se llevan cifras de las peticiones: %s", error)
        return None


def _tomar_turno(carpeta: Path) -> tuple[str, int]:
    """El primer turno libre; se suelta solo cuando el proceso termina, también si lo matan."""
    for numero in range(TURNOS):
        candado = os.open(carpeta / f"turno{numero}.candado", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(candado, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(candado)
            continue
        for clase in ("counter", "histogram"):
            _apartar(carpeta / f"{clase}_turno{numero}.db")
        return f"turno{numero}", candado
    raise OSError(f"Hay {TURNOS} procesos llevando cifras en {carpeta}.")


def _apartar(archivo: Path) -> None:
    """Que tenga todos sus bytes en el disco; el que quedó ilegible empieza de nuevo."""
    if not _se_lee(archivo):
        archivo.unlink(missing_ok=True)
    with archivo.open("ab") as abierto:
        os.posix_fallocate(abierto.fileno(), 0, RESERVA)


def _se_lee(archivo: Path) -> bool:
    """Si dice cuánto de él está ocupado, cabe y se entiende. A medias, falla de cualquier manera."""
    try:
        ocupado = int.from_bytes(archivo.read_bytes()[:4], sys.byteorder, signed=True)
        list(MmapedDict.read_all_values_from_file(str(archivo)))  # type: ignore[no-untyped-call]
    except Exception:
        return False
    return 0 <= ocupado <= archivo.stat().st_size
