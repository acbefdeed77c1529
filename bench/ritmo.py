"""Cuántas peticiones por segundo atiende una dirección y en cuánto contesta a casi todas: lo dice `wrk`."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

_POR_SEGUNDO = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)\b")
_MALAS = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
_EN_MILISEGUNDOS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True)
class Ritmo:
    """Peticiones por segundo, y milisegundos en que se contestó a 99 de cada 100."""

    por_segundo: float
    p99: float


def medido(direccion: str, segundos: int = 2, cabeceras: Mapping[str, str] = {}) -> Ritmo:
    """El ritmo de esa dirección. Lanza `RuntimeError` si alguna petición falló."""
    orden = ["wrk", "--latency", "--threads", "2", "--connections", "8", "--timeout", "30s"]
    orden += ["--duration", f"{segundos}s"]
    for nombre, valor in cabeceras.items():
        orden += ["--header", f"{nombre}: {valor}"]
    salida = subprocess.run([*orden, direccion], capture_output=True, text=True, check=True).stdout
    ritmo, p99 = _POR_SEGUNDO.search(salida), _P99.search(salida)
    if _MALAS.search(salida) or ritmo is None or p99 is None:
        raise RuntimeError(f"La medición de {direccion} tuvo errores:\n{salida}")
    return Ritmo(float(ritmo[1]), float(p99[1]) * _EN_MILISEGUNDOS[p99[2]])


def por_turnos(
    una: str, otra: str, rondas: int = 5, cabeceras: Mapping[str, str] = {}
) -> tuple[float, float, str]:
    """La mediana de las razones de ritmo y de p99 entre dos direcciones, y entre cuáles anduvo el ritmo."""
    for direccion in (una, otra):
        medido(direccion, 1, cabeceras)
    parejas = [(medido(una, 2, cabeceras), medido(otra, 2, cabeceras)) for _ in range(rondas)]
    ritmos = sorted(a.por_segundo / b.por_segundo for a, b in parejas)
    p99 = median(a.p99 / b.p99 for a, b in parejas)
    return median(ritmos), p99, f"{rondas} rondas, de {ritmos[0]:.2f} a {ritmos[-1]:.2f}"
