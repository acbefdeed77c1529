"""Cómo va un acuerdo según el seguimiento que ya se puede leer.

Lo que se anota para una sesión no es público hasta que ella concluye. El estado que lee la ciudadanía
sale de esos mismos renglones: nunca dice «cumplido» sin que se pueda leer por qué.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sesiones.estados import EstadoAcuerdo, EstadoSesion
from sesiones.models import Acuerdo, Organo, Plazo, Seguimiento

# Mientras no se cumpla ni quede sin efecto, su plazo corre.
ABIERTOS = (EstadoAcuerdo.PENDIENTE, EstadoAcuerdo.EN_PROCESO)


def legible() -> QuerySet[Seguimiento]:
    """Los renglones que no se dieron en una sesión, o se dieron en una concluida."""
    return Seguimiento.objects.filter(Q(sesion=None) | Q(sesion__estado=EstadoSesion.CONCLUIDA))


def publicado() -> "Prefetch[Any]":
    """Los renglones públicos de cada acuerdo, ya traídos."""
    return Prefetch("seguimientos", legible().select_related("sesion"))


def con_estado_publico(acuerdos: QuerySet[Acuerdo]) -> QuerySet[Any]:
    """Anota `estado_publico` y `estado_al`: el último renglón público y su fecha.

    Sin ninguno, el acuerdo está pendiente y `estado_al` es nulo.
    """
    ultimo = legible().filter(acuerdo=OuterRef("pk")).order_by("-fecha", "-pk")
    return acuerdos.annotate(
        estado_publico=Coalesce(Subquery(ultimo.values("estado")[:1]), Value(EstadoAcuerdo.PENDIENTE.value)),
        estado_al=Subquery(ultimo.values("fecha")[:1]),
    )


def por_estado(acuerdos: QuerySet[Acuerdo], total: int) -> tuple[Counter[str], dt.date | None]:
    """Cuántos de esos `total` acuerdos hay en cada estado público y la fecha del último renglón que lo dice.

    Los cuenta la base, desde los renglones: el acuerdo que no tiene ninguno está pendiente.
    """
    despues = Q(fecha__gt=OuterRef("fecha")) | Q(fecha=OuterRef("fecha"), pk__gt=OuterRef("pk"))
    posterior = legible().filter(despues, acuerdo=OuterRef("acuerdo"))
    ultimos = legible().filter(~Exists(posterior), acuerdo__in=acuerdos)
    filas = list(ultimos.order_by().values("estado").annotate(n=Count("pk"), al=Max("fecha")))
    cuenta = Counter({fila["estado"]: fila["n"] for fila in filas})
    cuenta[EstadoAcuerdo.PENDIENTE.value] += total - cuenta.total()
    return cuenta, max((fila["al"] for fila in filas), default=None)


def en_resumen() -> tuple[list[tuple[EstadoAcuerdo, int]], int, dt.date | None]:
    """De los órganos reales: cuántos acuerdos hay en cada estado, cuántos de prueba no y hasta cuándo."""
    todos = Acuerdo.objects.de_sesiones_publicas()
    # Por la clave del órgano se cuentan en un índice, sin leer cada sesión.
    reales, de_prueba = (
        todos.filter(sesion__organo__in=Organo.objects.filter(ficticio=ficticio).values("pk"))
        for ficticio in (False, True)
    )
    cuenta, al = por_estado(reales, reales.count())
    return [(e, cuenta[e.value]) for e in EstadoAcuerdo if cuenta.get(e.value)], de_prueba.count(), al


def vencido(acuerdo: Any, hoy: dt.date) -> bool:
    """Si sigue abierto y su plazo pasó. El que cuenta es el último: una prórroga mueve el anterior.

    `acuerdo` trae su estado público y sus plazos.
    """
    fechas = [plazo.fecha for plazo in acuerdo.plazos.all() if plazo.fecha]
    return acuerdo.estado_publico in ABIERTOS and bool(fechas) and max(fechas) < hoy


def que_vencieron(acuerdos: QuerySet[Any], hoy: dt.date) -> QuerySet[Any]:
    """De los que traen su estado público, los abiertos cuyo último plazo con fecha ya pasó."""
    ultimo = Plazo.objects.filter(acuerdo=OuterRef("pk"), fecha__isnull=False).order_by("-fecha")
    con_plazo = acuerdos.annotate(ultimo_plazo=Subquery(ultimo.values("fecha")[:1]))
    return con_plazo.filter(ultimo_plazo__lt=hoy, estado_publico__in=ABIERTOS)


def con_vencidos(acuerdos: Iterable[Any], hoy: dt.date) -> list[Any]:
    """Los mismos; cada uno dice en `vencido` si se le pasó el plazo."""
    filas = list(acuerdos)
    for fila in filas:
        fila.vencido = vencido(fila, hoy)
    return filas
