"""Las páginas de la agenda en el mapa del sitio."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from sesiones.eventos.models import Evento
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar


def _eventos() -> "QuerySet[Evento, Any]":
    return Evento.objects.publicados().order_by("pk").values_list("organo__clave", "clave", "modificado_el")


def _de_evento(fila: tuple[str, str, dt.datetime]) -> Direccion:
    return Direccion(reverse("agenda:detalle", args=fila[:2]), fila[2])


TRAMOS = (fijas("agenda", "agenda:lista"), Tramo("eventos", _eventos, _de_evento))


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
