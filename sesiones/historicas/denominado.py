"""Qué avisar, sin impedir nada, antes de revisar un acta: que nombra a otro órgano, o que no se leyó nada.

Un acta vieja abrevia el nombre de su órgano, o lo dice con otras preposiciones («para el Estado»). Es el
mismo si no dice ninguna palabra con peso que le falte a alguno de los nombres que ha tenido.
"""

import datetime as dt
from typing import Any, NamedTuple

from sesiones import permisos
from sesiones.models import Organo

from .lectura.alineado import raices
from .models import ActaPorTranscribir

ACOMPANAN = raices("estado ficticio ficticia México")


class Aviso(NamedTuple):
    """Un título y qué hacer."""

    titulo: str
    texto: str


SIN_LEER = Aviso(
    "De este texto no se reconoció nada",
    "Puede que no sea un acta, o que esté en otro idioma. El texto se conserva: puedes llenar los "
    "renglones a mano junto a él, o descartarlo.",
)


def se_llama(organo: Organo, dicho: str) -> bool:
    """Si ese nombre puede ser el suyo, con cualquiera de sus denominaciones o sus siglas."""
    dichas = raices(dicho) - ACOMPANAN
    nombres = (f"{d.nombre} {d.siglas} {organo.get_clase_display()}" for d in organo.denominaciones.all())
    return any(dichas <= raices(nombre) for nombre in nombres)


def aviso(acta: ActaPorTranscribir, usuario: Any, al: dt.date) -> Aviso | None:
    """Lo que conviene saber antes de revisarla; None si nada."""
    if not any(acta.propuesta.values()):
        return SIN_LEER
    hallado = acta.propuesta.get("organo")
    if not hallado or se_llama(acta.organo, hallado["valor"]):
        return None
    otros: Any = permisos.organos_que_conduce(usuario, al).exclude(pk=acta.organo_id)
    suyo = next((o for o in otros.con_nombre() if se_llama(o, hallado["valor"])), None)
    es = f", que parece ser {suyo.denominacion(al).nombre}" if suyo else ""
    return Aviso(
        "El acta parece de otro órgano",
        f"Nombra a «{hallado['valor']}»{es}, y se recibió como de «{acta.organo.denominacion(al).nombre}». "
        "Si es de otro, descártala y recíbela otra vez con el suyo; si así se llamaba antes, sigue.",
    )
