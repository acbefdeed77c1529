"""La segunda `make demo`: cuánto tarda en contestar, contra los cinco segundos prometidos."""

import os
import signal
import socket
import subprocess
from statistics import median
from time import perf_counter

from bench.medida import Medida

PROMETIDO = 5.0  # segundos
VECES = 3
LISTO = "Portal listo"


def _puerto_libre() -> str:
    with socket.socket() as enchufe:
        enchufe.bind(("127.0.0.1", 0))
        return str(enchufe.getsockname()[1])


def _abrir_y_cerrar(puerto: str) -> float:
    """Segundos desde la orden hasta que el portal contesta; después la cierra como Ctrl-C."""
    # Sin la base de esta medición: la demostración tiene la suya en var/.
    entorno = {n: v for n, v in os.environ.items() if n not in {"VAR", "DATABASE_URL"}} | {"PUERTO": puerto}
    inicio = perf_counter()
    with subprocess.Popen(
        [".ci/demo"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=entorno
    ) as demo:
        listo = any(LISTO in renglon for renglon in demo.stdout or ())
        duracion = perf_counter() - inicio
        demo.send_signal(signal.SIGINT)
        demo.communicate()
    if not listo:
        raise RuntimeError("La demostración no llegó a estar lista; «make demo» dice por qué.")
    return duracion


def medir() -> dict[str, Medida]:
    """Mediana de varias aperturas, ya instalado todo y con el mismo puerto."""
    puerto = _puerto_libre()
    _abrir_y_cerrar(puerto)
    segundos = median(_abrir_y_cerrar(puerto) for _ in range(VECES))
    nota = f"mediana de {VECES} aperturas"
    return {"segunda_demo": Medida("make demo", f"{PROMETIDO:g} s", segundos / PROMETIDO, 1.0, nota=nota)}
