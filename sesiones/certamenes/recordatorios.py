"""Recordar al comité que le falta calificar y, a quien conduce, que ya le toca cerrar o publicar.

Al comité, cinco días y un día antes del último, si la convocatoria lo dijo y a esa persona le falta alguna:
se pregunta en el momento. A quien conduce, una vez por paso, cuando ya le toca.
"""

import datetime as dt

from . import correos
from .estados import EstadoCertamen
from .models import IntegranteDelComite
from .pendientes import TOCA, en_manos_de_quien_conduce, por_calificar, que_toca

ANTES = (5, 1)  # días


def enviar(al: dt.date) -> int:
    """Encola los de ese día; repetirlo no repite ninguno. Devuelve cuántos encoló."""
    return sum(_al_comite(dias, al) for dias in ANTES) + _a_quien_conduce(al)


def _al_comite(dias: int, al: dt.date) -> int:
    lugares = IntegranteDelComite.objects.filter(
        certamen__estado=EstadoCertamen.CERRADA, certamen__dictamen_hasta=al + dt.timedelta(days=dias)
    )
    con_todo = lugares.select_related("usuario", "certamen__organo")
    faltan = [(lugar, por_calificar(lugar)) for lugar in con_todo]
    return sum(correos.recordar_al_comite(lugar, cuantas, dias) for lugar, cuantas in faltan if cuantas)


def _a_quien_conduce(al: dt.date) -> int:
    pasos = [(fila, que_toca(fila)) for fila in en_manos_de_quien_conduce()]
    return sum(correos.a_quien_conduce(fila, paso, TOCA[paso], al) for fila, paso in pasos if paso)
