"""Lo que de las preguntas se ve en el tablero de la administración: por moderar y vencidas."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from stl_portal.gestion.registro import ESPERAN, Espera
from stl_portal.publico.registro import apuntar, organos

from .estados import EstadoPregunta
from .models import Pregunta

VENCIDAS = "vencidas"  # el filtro de la lista de preguntas


def de_las_preguntas(al: dt.date) -> Iterator[Espera]:
    """Las que esperan que alguien las publique o las rechace, y las que pasaron de su plazo."""
    lista = reverse("admin:participacion_pregunta_changelist")
    ficticios = [organo.pk for organo in organos(al).values() if organo.ficticio]
    yield Espera(
        que="preguntas por moderar",
        detalle="La ciudadanía ya confirmó su correo; se publican o se rechazan con motivo.",
        url=f"{lista}?estado__exact={EstadoPregunta.CONFIRMADA}",
        accion="Ver cuáles",
        orden=25,
        **_contar(Pregunta.objects.por_moderar(), ficticios),
    )
    yield Espera(
        que="preguntas sin responder que ya vencieron",
        detalle="Son públicas, y también que el plazo pasó.",
        url=f"{lista}?{VENCIDAS}=si",
        accion="Ver cuáles",
        orden=12,
        **_contar(Pregunta.objects.vencidas(al), ficticios),
    )


def _contar(filas: QuerySet[Pregunta], ficticios: list[int]) -> dict[str, Any]:
    de_ejemplo = Q(organo__in=ficticios)
    return filas.order_by().aggregate(cuantas=Count("pk", ~de_ejemplo), ficticias=Count("pk", de_ejemplo))


def registrar() -> None:
    """Se llama al apuntar lo que la participación aporta."""
    apuntar(ESPERAN, de_las_preguntas)
