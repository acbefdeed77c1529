"""Dice si un puerto de 127.0.0.1 está ocupado y, si puede saberse, por qué programa.

Uso: python .ci/puerto.py 8000. Sale con 0 si está libre; con 1, y una frase, si no.
"""

import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

ESCUCHA = "0A"  # estado TCP_LISTEN en /proc/net/tcp


def esta_libre(puerto: int) -> bool:
    """Intenta ocupar el puerto un instante."""
    with socket.socket() as enchufe:
        enchufe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            enchufe.bind(("127.0.0.1", puerto))
        except OSError:
            return False
    return True


def inodos(puerto: int) -> Iterator[str]:
    """Inodos de los enchufes que escuchan en el puerto, según el núcleo."""
    for tabla in ("/proc/net/tcp", "/proc/net/tcp6"):
        if not Path(tabla).exists():
            continue
        for renglon in Path(tabla).read_text().splitlines()[1:]:
            campos = renglon.split()
            if campos[3] == ESCUCHA and int(campos[1].rsplit(":", 1)[1], 16) == puerto:
                yield f"socket:[{campos[9]}]"


def programa(puerto: int) -> str:
    """Nombre y número del proceso que escucha; vacío si el sistema no deja verlo."""
    buscados = set(inodos(puerto))
    for enlace in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            hallado = os.readlink(enlace) in buscados
        except OSError:
            continue
        if hallado:
            proceso = enlace.parent.parent
            return f"{(proceso / 'comm').read_text().strip()} (proceso {proceso.name})"
    return ""


def main(puerto: int) -> int:
    """Escribe la frase que corresponde y devuelve la señal de salida."""
    if esta_libre(puerto):
        return 0
    quien = programa(puerto) or "otro programa"
    print(f"El puerto {puerto} está ocupado por {quien}. Usa otro: make demo PUERTO={puerto + 1}")
    return 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
