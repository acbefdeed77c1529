"""Las fórmulas del acta y de la convocatoria: prosa que se edita, con los datos de la sesión.

Las de un acta son las que regían al cerrarse la sesión: entonces se guardan con ella y un cambio posterior
no la toca. Lo sellado se lee de su documento, que ya las lleva escritas.
"""

from collections.abc import Mapping

from sesiones.acta.palabras import frase
from sesiones.acta.piezas import Hechos
from sesiones.estados import EstiloActa
from sesiones.models import Sesion
from stl_portal import textos
from stl_portal.textos.registro import TEXTOS
from stl_portal.textos.variables import llenar_oracion

APERTURA, CIERRE, FIRMAS = "acta.apertura", "acta.cierre", "acta.firmas"
CONVOCA, SUPLENCIA, ORDEN = "convocatoria.convoca", "convocatoria.suplencia", "convocatoria.orden"
POR_ESTILO = (APERTURA, CIERRE)
DEL_ACTA = (*(f"{cual}.{estilo}" for cual in POR_ESTILO for estilo in EstiloActa.values), FIRMAS)
DE_LA_CONVOCATORIA = (CONVOCA, SUPLENCIA, ORDEN)


def vivas(organo: str, cuales: tuple[str, ...] = DEL_ACTA) -> dict[str, str]:
    """Las que ese órgano lee hoy y no son las de fábrica."""
    dichas = {clave: textos.sin_llenar(clave, organo) for clave in cuales}
    return {clave: dicha for clave, dicha in dichas.items() if dicha != TEXTOS[clave].fabrica}


def de(sesion: Sesion) -> dict[str, str]:
    """Las del acta de esa sesión: las que se guardaron al cerrarla o, mientras no, las de hoy."""
    guardadas: dict[str, str] | None = sesion.formulas
    return vivas(sesion.organo.clave) if guardadas is None else guardadas


def oracion(h: Hechos, cual: str, valores: Mapping[str, object]) -> str:
    """La fórmula en el estilo del acta, con sus datos; los que faltan se van con su coma."""
    clave = f"{cual}.{h.estilo}" if cual in POR_ESTILO else cual
    dicha = h.formulas.get(clave, TEXTOS[clave].fabrica)
    return frase(llenar_oracion(dicha, valores))
