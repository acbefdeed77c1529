"""Lo que de las sesiones se ve en el tablero de la administración: firmas que faltan y actas por publicar."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from sesiones.estados import EstadoActa
from sesiones.models import Acta
from stl_portal.gestion.registro import ESPERAN, Espera
from stl_portal.publico.registro import apuntar


def contar(filas: QuerySet[Any], organo: str) -> dict[str, Any]:
    """Cuántas son de órganos reales y cuántas de ficticios; `organo` es el camino de la fila a él."""
    ficticio = Q(**{f"{organo}__ficticio": True})
    return filas.aggregate(cuantas=Count("pk", ~ficticio), ficticias=Count("pk", ficticio))


def actas(al: dt.date) -> Iterator[Espera]:
    """Las selladas que esperan firmas y las firmadas que esperan publicarse."""
    lista = reverse("admin:sesiones_acta_changelist")
    for orden, estado, que, detalle, accion in (
        (
            20,
            EstadoActa.POR_FIRMAR,
            "actas a las que les faltan firmas",
            "Selladas; la página de cada una dice quién falta.",
            "Ver cuáles",
        ),
        (
            30,
            EstadoActa.FIRMADA,
            "actas por publicar",
            "Ya tienen todas sus firmas.",
            "Ver cuáles",
        ),
    ):
        filas = Acta.objects.filter(estado=estado)
        yield Espera(
            que=que,
            detalle=detalle,
            url=f"{lista}?estado__exact={estado}",
            accion=accion,
            orden=orden,
            **contar(filas, "sesion__organo"),
        )


def registrar() -> None:
    """Se llama al apuntar lo que sesiones aporta."""
    apuntar(ESPERAN, actas)
