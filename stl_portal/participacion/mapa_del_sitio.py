"""Las preguntas en el mapa del sitio: la lista y cada una, con la fecha de lo último que le pasó."""

import datetime as dt
from typing import Any

from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar

from .models import Pregunta


def _publicadas() -> "QuerySet[Any, Any]":
    filas = Pregunta.objects.visibles().order_by("pk")
    respondida = Coalesce(Max("respuestas__cuando"), "publicada_el")
    return filas.annotate(cambio=respondida).values_list("folio", "cambio")


def _de_pregunta(fila: tuple[str, dt.datetime]) -> Direccion:
    return Direccion(reverse("preguntas:pregunta", args=fila[:1]), fila[1])


TRAMOS = (
    fijas("lista-de-preguntas", "preguntas:inicio"),
    Tramo("preguntas", _publicadas, _de_pregunta),
)


def registrar() -> None:
    """Se llama desde `ParticipacionConfig.ready()`; repetirlo no duplica nada."""
    for tramo in TRAMOS:
        apuntar(SITIO, tramo)
