"""Los topes que se pone a sí mismo un proceso que va a leer algo ajeno."""

import resource
from pathlib import Path

MEMORIA = 768 * 1024 * 1024  # bytes de espacio de direcciones: la foto mayor ocupa unos 160 MB
SEGUNDOS = 10
ARCHIVOS = 64


def limitar(segundos: int = SEGUNDOS) -> None:
    """Topes del sistema para este proceso: memoria, procesador y archivos; nada de escribir."""
    topes = {
        resource.RLIMIT_AS: MEMORIA,
        resource.RLIMIT_CPU: segundos,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: ARCHIVOS,
        resource.RLIMIT_CORE: 0,
    }
    for recurso, tope in topes.items():
        resource.setrlimit(recurso, (tope, tope))


def uso() -> tuple[int, float]:
    """La mayor memoria que ha ocupado este proceso, en kB, y los segundos de procesador que lleva."""
    medido = resource.getrusage(resource.RUSAGE_SELF)
    estado = Path("/proc/self/status")
    # En Linux `ru_maxrss` empieza en lo que ocupaba quien lo arrancó.
    lineas = estado.read_text().splitlines() if estado.exists() else []
    propias = [int(linea.split()[1]) for linea in lineas if linea.startswith("VmHWM:")]
    return (propias or [medido.ru_maxrss])[0], medido.ru_utime + medido.ru_stime
