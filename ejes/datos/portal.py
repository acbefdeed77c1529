"""Los conjuntos que `ejes` apunta en los datos abiertos, en el orden en que se muestran."""

from ejes.datos.acciones import ACCIONES
from ejes.datos.avances import AVANCES
from ejes.datos.compromisos import COMPROMISOS
from ejes.datos.ejes import EJES
from ejes.datos.evidencias import EVIDENCIAS
from ejes.datos.indicadores import INDICADORES
from stl_portal.datos.registro import apuntar_conjunto

TODOS = (EJES, COMPROMISOS, ACCIONES, AVANCES, INDICADORES, EVIDENCIAS)


def registrar() -> None:
    """Se llama desde `EjesConfig.ready()`; repetirlo no duplica nada."""
    for conjunto in TODOS:
        apuntar_conjunto(conjunto)
