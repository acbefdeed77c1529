"""Los conjuntos que `municipios` apunta en los datos abiertos, en el orden en que se muestran."""

from municipios.conjuntos.capacitaciones import CAPACITACIONES
from municipios.conjuntos.etapas import ETAPAS
from municipios.conjuntos.informes import INFORMES
from municipios.conjuntos.metricas import METRICAS
from municipios.conjuntos.municipios import MUNICIPIOS
from municipios.conjuntos.totales import TOTALES
from stl_portal.datos.registro import apuntar_conjunto

TODOS = (MUNICIPIOS, ETAPAS, TOTALES, CAPACITACIONES, METRICAS, INFORMES)


def registrar() -> None:
    """Se llama desde `MunicipiosConfig.ready()`; repetirlo no duplica nada."""
    for conjunto in TODOS:
        apuntar_conjunto(conjunto)
