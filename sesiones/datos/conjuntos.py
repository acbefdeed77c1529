"""Los datos abiertos de las sesiones, en el orden en que se muestran."""

from sesiones.datos import acuerdos, asistencias, integrantes, organos, popolo, sesiones, votaciones, votos
from stl_portal.datos.registro import apuntar_conjunto, apuntar_suelto

TODOS = (
    organos.CONJUNTO,
    integrantes.CONJUNTO,
    sesiones.CONJUNTO,
    asistencias.CONJUNTO,
    votaciones.CONJUNTO,
    votos.CONJUNTO,
    acuerdos.CONJUNTO,
)


def registrar() -> None:
    """Los apunta; se llama al arrancar."""
    for conjunto in TODOS:
        apuntar_conjunto(conjunto)
    apuntar_suelto(popolo.SUELTO)
