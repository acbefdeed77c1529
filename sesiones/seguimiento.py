"""Cómo va un acuerdo según el seguimiento que ya se puede leer.

Lo que se anota para una sesión no es público hasta que ella concluye. El estado que lee la ciudadanía
sale de esos mismos renglones: nunca dice «cumplido» sin que se pueda leer por qué.
"""

from typing import Any

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from sesiones.estados import EstadoAcuerdo, EstadoSesion
from sesiones.models import Acuerdo, Seguimiento


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
