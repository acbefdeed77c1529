"""Los datos abiertos de las convocatorias públicas, en el orden en que se muestran."""

from sesiones.certamenes.datos import convocatorias, reconocidas
from stl_portal.datos.registro import apuntar_conjunto


def registrar() -> None:
    """Se llama desde `CertamenesConfig.ready()`; repetirlo no duplica nada."""
    for conjunto in (convocatorias.CONJUNTO, reconocidas.CONJUNTO):
        apuntar_conjunto(conjunto)
