"""Lo último que cambió, en la portada."""

import datetime as dt

from django.http import HttpRequest

from stl_portal.publico.registro import Bloque

from .recoger import recoger
from .registro import Pedido

CUANTAS = 4


def lo_ultimo(request: HttpRequest, al: dt.date) -> Bloque:
    """Las últimas novedades de órganos reales; si no hay ninguna, las de los ficticios, que lo dicen."""
    novedades = recoger(Pedido(tope=CUANTAS, reales=True)) or recoger(Pedido(tope=CUANTAS))
    return Bloque("novedades/_portada.html", {"novedades": novedades}, orden=30, lateral=True)
