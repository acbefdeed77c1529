"""Moderar y responder: cada acto con su correo, en una sola transacción.

Repetir el mismo acto (dos toques al botón) no lo hace otra vez; si otra persona hizo uno distinto,
`TransicionInvalida` dice en qué quedó.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from . import correos, registro
from .estados import EstadoPregunta
from .models import Pregunta
from .registro import Objeto

YA_NO_ES_PUBLICO = "Aquello de que trata ya no es público: no se puede publicar."
LA_MISMA = "Es la misma respuesta que ya está publicada."


def objeto_de(pregunta: Pregunta) -> Objeto | None:
    """Aquello de que trata, si sigue siendo público."""
    par = (pregunta.clase, pregunta.objeto)
    return registro.nombrar([par]).get(par)


def publicar(pregunta: Pregunta, por: Any, cuando: dt.datetime) -> None:
    """La publica, avisa a quien preguntó y a quien responde. Lanza `ValidationError` si ya no es público."""
    objeto = objeto_de(pregunta)
    if objeto is None:
        raise ValidationError(YA_NO_ES_PUBLICO)
    _una_vez(pregunta, "publicar", por, lambda p: p.publicar(por, cuando), correos.publicada)


def rechazar(pregunta: Pregunta, por: Any, motivo: str, nota: str, cuando: dt.datetime) -> None:
    """No la publica y le explica por qué a quien preguntó."""
    _una_vez(pregunta, "rechazar", por, lambda p: p.rechazar(por, motivo, nota, cuando), correos.rechazada)


def retirar(pregunta: Pregunta, por: Any, motivo: str, cuando: dt.datetime) -> None:
    """Deja de leerse; queda el motivo."""
    _una_vez(pregunta, "retirar", por, lambda p: p.retirar(por, motivo, cuando), correos.retirada)


def responder(pregunta: Pregunta, por: Any, texto: str, cuando: dt.datetime) -> None:
    """La responde o, si ya tenía respuesta, la corrige con otra versión, con el cargo de ese día.

    Lanza `ValidationError` si el texto es el mismo que ya está publicado.
    """
    objeto, hoy = objeto_de(pregunta), timezone.localdate(cuando)
    asiento = objeto.asiento if objeto else 0
    firma = registro.sede().firma(por, pregunta.organo, asiento, hoy)

    def hacer(p: Pregunta) -> None:
        if p.estado != EstadoPregunta.RESPONDIDA:
            p.responder(por, texto, firma, cuando)
            return
        ultima = p.respuestas.last()
        if ultima and ultima.texto == texto:
            raise ValidationError(LA_MISMA)
        p.corregir(por, texto, firma, cuando)

    with transaction.atomic():
        if not _recien_respondida(pregunta, por, texto):
            _hacer(pregunta, hacer, correos.respondida)


def _recien_respondida(pregunta: Pregunta, por: Any, texto: str) -> bool:
    """Si el mismo envío llegó dos veces: la última respuesta es de la misma cuenta y dice lo mismo."""
    actual = Pregunta.objects.select_for_update().get(pk=pregunta.pk)
    ultima = actual.respuestas.last()
    primera = pregunta.estado != EstadoPregunta.RESPONDIDA
    return bool(primera and ultima and ultima.por_id == por.pk and ultima.texto == texto)


def _una_vez(
    pregunta: Pregunta,
    verbo: str,
    por: Any,
    hacer: Callable[[Pregunta], None],
    avisar: Callable[[Pregunta, Objeto | None], None],
) -> None:
    """Lo hace, salvo que lo último que le pasó sea ese mismo acto de la misma cuenta."""
    with transaction.atomic():
        actual = Pregunta.objects.select_for_update().get(pk=pregunta.pk)
        ultimo = actual.historia.last()
        if ultimo is None or (ultimo.verbo, ultimo.por_id) != (verbo, por.pk):
            _hacer(actual, hacer, avisar)


def _hacer(
    pregunta: Pregunta,
    hacer: Callable[[Pregunta], None],
    avisar: Callable[[Pregunta, Objeto | None], None],
) -> None:
    """El acto y su correo."""
    hacer(pregunta)
    avisar(pregunta, objeto_de(pregunta))
