"""Cuánto se guarda de quien preguntó: lo llama cada día `manage.py atender_plazos`.

Sin confirmar, todo se borra a los tres días. El correo se borra `PREGUNTAS_GUARDAR_CORREO` días después de
responderle, rechazarla o retirarla, y a los mismos días de publicarse un comentario, que no espera respuesta;
las copias de lo que se le mandó, a los mismos días de haberse escrito.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from stl_portal.avisos.models import Aviso, EstadoAviso

from .correos import DE_QUIEN_PREGUNTA, PARA_CONFIRMAR
from .estados import CERRADAS, EstadoPregunta, Tipo
from .models import Pregunta


def limpiar(cuando: dt.datetime) -> int:
    """Borra lo que ya no debe guardarse. Devuelve de cuántas preguntas se borró el correo o todo."""
    hasta = cuando - dt.timedelta(days=settings.PREGUNTAS_GUARDAR_CORREO)
    with transaction.atomic():
        sin_confirmar = Pregunta.objects.filter(
            estado=EstadoPregunta.RECIBIDA, recibida_el__lt=cuando - PARA_CONFIRMAR
        )
        de_ellas = [f"{DE_QUIEN_PREGUNTA}{pk}:confirmar" for pk in sin_confirmar.values_list("pk", flat=True)]
        Aviso.objects.filter(motivo__in=de_ellas).delete()
        borradas = sin_confirmar.count()
        sin_confirmar.delete()
        olvidadas = Pregunta.objects.filter(_ya_atendida(hasta)).exclude(correo="").update(correo="")
        copias = Aviso.objects.filter(motivo__startswith=DE_QUIEN_PREGUNTA, creado_el__lt=hasta)
        copias.exclude(estado=EstadoAviso.PENDIENTE).delete()
    return borradas + olvidadas


def _ya_atendida(hasta: dt.datetime) -> Q:
    """Las que terminaron antes de esa fecha."""
    respondida = Q(estado=EstadoPregunta.RESPONDIDA, respondida_el__lt=hasta)
    cerrada = Q(estado__in=CERRADAS, cerrada_el__lt=hasta)
    comentario = Q(estado=EstadoPregunta.PUBLICADA, tipo=Tipo.COMENTARIO, publicada_el__lt=hasta)
    return respondida | cerrada | comentario
