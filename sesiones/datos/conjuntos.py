"""Los conjuntos de datos abiertos de las sesiones, en el orden en que se muestran."""

from sesiones.datos import acuerdos, organos
from stl_portal.datos.registro import apuntar_conjunto

TODOS = (organos.CONJUNTO, acuerdos.CONJUNTO)


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    for conjunto in TODOS:
        apuntar_conjunto(conjunto)
