"""Cuánto se guarda de quien preguntó: lo llama cada día `manage.py atender_plazos`.

Sin confirmar, todo se borra a los tres días. El correo se borra `PREGUNTAS_GUARDAR_CORREO` días después de
responderle, rechazarla o retirarla, y a los mismos días de publicarse un comentario, que no espera respuesta;
las copias de lo que se le mandó, a los mismos días de haberse escrito.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from stl_portal.avisos.models import Aviso, EstadoAviso

from .correos import DE_QUIEN_PREGUNTA, PARA_CONFIRMAR
from .estados import CERRADAS, EstadoPregunta, Tipo
from .models import Pregunta

LOTE = 500  # filas que se borran a la vez


def limpiar(cuando: dt.datetime) -> int:
    """Borra lo que ya no debe guardarse. Devuelve de cuántas preguntas se borró el correo o todo."""
    hasta = cuando - dt.timedelta(days=settings.PREGUNTAS_GUARDAR_CORREO)
    sin_confirmar = Pregunta.objects.filter(
        estado=EstadoPregunta.RECIBIDA, recibida_el__lt=cuando - PARA_CONFIRMAR
    )
    borradas = sum(_borrar(sin_confirmar, lote) for lote in _lotes(sin_confirmar))
    olvidadas = Pregunta.objects.filter(_ya_atendida(hasta)).exclude(correo="").update(correo="")
    copias = Aviso.objects.filter(motivo__startswith=DE_QUIEN_PREGUNTA, creado_el__lt=hasta)
    enviadas = copias.exclude(estado=EstadoAviso.PENDIENTE)
    for lote in _lotes(enviadas):
        enviadas.filter(pk__in=lote).delete()
    return borradas + olvidadas


def _lotes(filas: "QuerySet[Any]") -> Iterator[list[int]]:
    """Las claves de las que hay, de pocas en pocas: una inundación no cabe en una sola orden."""
    ultima = 0
    while lote := list(filas.filter(pk__gt=ultima).order_by("pk").values_list("pk", flat=True)[:LOTE]):
        yield lote
        ultima = lote[-1]


def _borrar(sin_confirmar: "QuerySet[Pregunta]", lote: Collection[int]) -> int:
    """Esas y lo que se les mandó, a la vez; si alguna ya se confirmó, se queda."""
    with transaction.atomic():
        suyas = list(sin_confirmar.filter(pk__in=lote).select_for_update().values_list("pk", flat=True))
        Aviso.objects.filter(motivo__in=[f"{DE_QUIEN_PREGUNTA}{pk}:confirmar" for pk in suyas]).delete()
        Pregunta.objects.filter(pk__in=suyas).delete()
    return len(suyas)


def _ya_atendida(hasta: dt.datetime) -> Q:
    """Las que terminaron antes de esa fecha."""
    respondida = Q(estado=EstadoPregunta.RESPONDIDA, respondida_el__lt=hasta)
    cerrada = Q(estado__in=CERRADAS, cerrada_el__lt=hasta)
    comentario = Q(estado=EstadoPregunta.PUBLICADA, tipo=Tipo.COMENTARIO, publicada_el__lt=hasta)
    return respondida | cerrada | comentario
