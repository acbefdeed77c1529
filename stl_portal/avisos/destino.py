"""Qué se hace con un aviso cuando le llega su turno: el único lugar que lo decide."""

from . import bajas, preferencias
from .clases import CLASES
from .models import Aviso, EstadoAviso, Modo, Rebote

DEJO_DE_SEGUIR = "dejo_de_seguir"  # no se manda ni se conserva: quien lo pidió ya no lo quiere
DEL_MODO = {Modo.RESUMEN: EstadoAviso.EN_RESUMEN, Modo.NO: EstadoAviso.APAGADO}
NO_SIRVE = "Ese correo rebota: su servidor dice que no recibe. Corrígelo, o levanta la marca si es bueno."


def de(aviso: Aviso) -> str:
    """En qué estado queda sin salir, o `PENDIENTE` si debe salir ya; `DEJO_DE_SEGUIR` si se borra."""
    if bajas.ya_no_lo_quiere(aviso):
        return DEJO_DE_SEGUIR
    clase = CLASES.get(aviso.clase)
    if rebota(aviso.para) and not (clase and clase.sale_aunque_rebote):
        return EstadoAviso.REBOTA
    return DEL_MODO.get(preferencias.modo_de(aviso.clase, aviso.para), EstadoAviso.PENDIENTE)


def rebota(correo: str) -> bool:
    """Si la dirección está marcada."""
    return Rebote.objects.marcan().filter(correo=correo.lower()).exists()
