"""Lo que dice el renglón público de una sesión o de un acuerdo, una vez que se sabe cuáles se muestran.

Elegir y ordenar recorre todo lo publicado; lo que cada renglón dice se trae solo de los que se muestran.
"""

from typing import Any

from django.db.models import Count, QuerySet

from sesiones import novedades, seguimiento
from sesiones.models import Acuerdo, Sesion

ACUERDOS_RECIENTES = ("-sesion__fecha", "-sesion_id", "numero")


def de_sesiones(cuales: Any) -> QuerySet[Any]:
    """Esas sesiones, con su órgano, cuántos acuerdos tomaron y si tienen acta; sin orden.

    `cuales` son sus claves primarias: una lista, o una consulta con su orden y su límite.
    """
    filas = Sesion.objects.filter(pk__in=cuales).annotate(total_acuerdos=Count("acuerdos"))
    con_acta: QuerySet[Any] = novedades.con_acta(filas.order_by())
    return con_acta.select_related("organo").prefetch_related("organo__denominaciones")


def de_acuerdos(cuales: Any) -> QuerySet[Any]:
    """Esos acuerdos, con su sesión y el estado que de ellos es público; los más recientes primero."""
    filas = seguimiento.con_estado_publico(Acuerdo.objects.filter(pk__in=cuales))
    return filas.select_related("sesion__organo").order_by(*ACUERDOS_RECIENTES)
