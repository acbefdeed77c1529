"""Los datos abiertos de la agenda, en el orden en que se muestran."""

from sesiones.eventos.datos import eventos, materiales, ponentes
from stl_portal.datos.registro import apuntar_conjunto


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    for conjunto in (eventos.CONJUNTO, ponentes.CONJUNTO, materiales.CONJUNTO):
        apuntar_conjunto(conjunto)
