"""Cuánta memoria ocupa un programa con todos sus procesos."""

from collections.abc import Iterator
from pathlib import Path

MIB = 1024 * 1024
PROC = Path("/proc")


def arbol(numero: int) -> Iterator[int]:
    """Ese proceso y los que encendió, y los que encendieron ellos."""
    yield numero
    for hilo in (PROC / str(numero) / "task").glob("*/children"):
        try:
            hijos = hilo.read_text().split()
        except OSError:  # terminó mientras se miraba
            continue
        for hijo in hijos:
            yield from arbol(int(hijo))


def residente(numero: int) -> int:
    """Bytes de ese proceso: lo propio, y su parte de lo que comparte con otros (PSS)."""
    try:
        renglones = (PROC / str(numero) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(r.split()[1]) * 1024 for r in renglones if r.startswith("Pss:")), 0)


def del_arbol(numero: int) -> int:
    """Bytes de ese programa entero."""
    return sum(map(residente, arbol(numero)))


def padre(numero: int) -> int:
    """Quién lo encendió."""
    return int((PROC / str(numero) / "stat").read_text().rpartition(")")[2].split()[1])
