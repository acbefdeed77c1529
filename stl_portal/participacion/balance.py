"""Cuántas preguntas tiene cada órgano, cuántas esperan y cuánto tardan en responderse: lo cuenta la base."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from stl_portal.publico.registro import OrganoPublico

from . import registro
from .estados import EstadoPregunta, Tipo
from .models import Pregunta


@dataclass(frozen=True)
class Balance:
    """Las cuentas de un órgano a una fecha. `mediana` va en días hábiles; None si nada se ha respondido."""

    organo: OrganoPublico
    preguntas: int
    abiertas: int
    vencidas: int
    respondidas: int
    con_retraso: int
    comentarios: int
    mediana: float | None

    @property
    def mediana_dicha(self) -> str:
        """«3», «2.5» o «sin respuestas»."""
        return "sin respuestas" if self.mediana is None else f"{self.mediana:g}"


def por_organo(al: dt.date) -> list[Balance]:
    """Cada órgano con algo publicado, los reales primero; lo ficticio nunca se suma a lo real."""
    filas = list(_contar(Pregunta.objects.visibles(), al))
    organos = registro.sede().organos({fila["organo"] for fila in filas}, al) if filas else {}
    medianas = _medianas() if filas else {}
    balances = [
        Balance(organos[pk], mediana=medianas.get(pk), **fila)
        for fila in filas
        if (pk := fila.pop("organo")) in organos
    ]
    return sorted(balances, key=lambda b: (b.organo.ficticio, b.organo.corto))


def _contar(visibles: "QuerySet[Pregunta]", al: dt.date) -> "QuerySet[Any, Any]":
    """Una fila por órgano."""
    pregunta = Q(tipo=Tipo.PREGUNTA)
    abierta = pregunta & Q(estado=EstadoPregunta.PUBLICADA)
    respondida = pregunta & Q(estado=EstadoPregunta.RESPONDIDA)
    # La fecha de la respuesta se compara como día de aquí, no como instante.
    tarde = respondida & Q(respondida_el__date__gt=F("vence"))
    return (
        visibles.order_by()
        .values("organo")
        .annotate(
            preguntas=Count("pk", filter=pregunta),
            abiertas=Count("pk", filter=abierta),
            vencidas=Count("pk", filter=abierta & Q(vence__lt=al)),
            respondidas=Count("pk", filter=respondida),
            con_retraso=Count("pk", filter=tarde),
            comentarios=Count("pk", filter=Q(tipo=Tipo.COMENTARIO)),
        )
    )


def _medianas() -> dict[int, float]:
    """Por órgano, los días hábiles que separan en dos mitades a las respuestas.

    Se trae cuántas tardaron cada número de días, no cada respuesta: crece con los días, no con los años.
    """
    respondidas = Pregunta.objects.visibles().respondidas().filter(tipo=Tipo.PREGUNTA, tardo__isnull=False)
    cuantas: Any = respondidas.order_by().values("organo", "tardo").annotate(n=Count("pk"))
    por_dias: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for organo, tardo, n in cuantas.values_list("organo", "tardo", "n"):
        por_dias[organo].append((tardo, n))
    return {organo: mediana(pares) for organo, pares in por_dias.items()}


def mediana(pares: list[tuple[int, int]]) -> float:
    """La mediana de valores dichos como (valor, cuántas veces); al menos uno."""
    total = sum(n for _, n in pares)
    return (_en_lugar(pares, (total - 1) // 2) + _en_lugar(pares, total // 2)) / 2


def _en_lugar(pares: list[tuple[int, int]], lugar: int) -> int:
    """El valor que ocupa ese lugar, contando desde cero."""
    hasta = accumulate(n for _, n in sorted(pares))
    return next(valor for (valor, _), fin in zip(sorted(pares), hasta, strict=True) if lugar < fin)
