"""Los topes que se pone a sí mismo un proceso que va a leer algo ajeno."""

import resource

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
