"""El registro público en el mapa del sitio: su lista, cómo comprobarlo y cada eslabón."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar

from .models import Eslabon


def _eslabones() -> QuerySet[Eslabon, Any]:
    return Eslabon.objects.order_by("n").values_list("n", "creado_el")


def _de_eslabon(fila: tuple[int, dt.datetime]) -> Direccion:
    return Direccion(reverse("registro:eslabon", args=fila[:1]), fila[1])


TRAMOS = (
    fijas("registro", "registro:lista", "registro:comprobar"),
    Tramo("eslabones", _eslabones, _de_eslabon),
)


def registrar() -> None:
    """Se llama desde `SelloConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
