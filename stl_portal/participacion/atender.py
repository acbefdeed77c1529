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

from stl_portal.datos import versiones

from . import correos, registro
from .conjunto import PREGUNTAS
from .models import Pregunta
from .registro import Objeto

YA_NO_ES_PUBLICO = "Aquello de que trata ya no es público: no se puede publicar."
SE_RETIRO = "Decía una pregunta o un comentario que después se retiró."
LA_MISMA = "Es la misma respuesta que ya está publicada."
MIENTRAS = (
    "Mientras escribías, {} publicó una respuesta: léela arriba. Si envías otra vez, la tuya la corrige."
)


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


def rechazar(pregunta: Pregunta, por: Any, motivo: str, explicacion: str, cuando: dt.datetime) -> None:
    """No la publica y le explica por qué a quien preguntó."""
    _una_vez(
        pregunta, "rechazar", por, lambda p: p.rechazar(por, motivo, explicacion, cuando), correos.rechazada
    )


def retirar(pregunta: Pregunta, por: Any, motivo: str, cuando: dt.datetime) -> None:
    """Deja de leerse, también en las versiones guardadas de los datos abiertos; queda el motivo."""

    def hacer(actual: Pregunta) -> None:
        actual.retirar(por, motivo, cuando)
        folio = actual.folio or ""
        versiones.retirar_las_que_dicen(
            folio, lambda fila: fila[0] == folio, SE_RETIRO, cuando, (PREGUNTAS.clave,)
        )

    _una_vez(pregunta, "retirar", por, hacer, correos.retirada)


def responder(pregunta: Pregunta, por: Any, texto: str, vista: int, cuando: dt.datetime) -> None:
    """La responde o, si ya tenía respuesta, la corrige con otra versión, con el cargo de ese día.

    `vista` es la última versión que leyó quien escribe (0, ninguna). Lanza `ValidationError` si mientras
    tanto alguien publicó otra, para no corregirla sin haberla leído, y si el texto es el que ya estaba.
    """
    objeto, hoy = objeto_de(pregunta), timezone.localdate(cuando)
    asiento = objeto.asiento if objeto else 0
    with transaction.atomic():
        actual = Pregunta.objects.select_for_update().get(pk=pregunta.pk)
        ultima = actual.respuestas.last()
        if ultima and ultima.texto == texto and ultima.por_id == por.pk and ultima.version == vista + 1:
            return  # el segundo toque del mismo envío
        if ultima and ultima.version != vista:
            raise ValidationError(MIENTRAS.format(ultima.nombre))
        if ultima and ultima.texto == texto:
            raise ValidationError(LA_MISMA)
        firma = registro.sede().firma(por, pregunta.organo, asiento, hoy)
        escribir = actual.corregir if ultima else actual.responder
        escribir(por, texto, firma, cuando)
        correos.respondida(actual, objeto)


def _una_vez(
    pregunta: Pregunta,
    verbo: str,
    por: Any,
    hacer: Callable[[Pregunta], None],
    avisar: Callable[[Pregunta, Objeto | None], None],
) -> None:
    """Lo hace y escribe el correo, salvo que lo último que le pasó sea ese mismo acto de la misma cuenta."""
    with transaction.atomic():
        actual = Pregunta.objects.select_for_update().get(pk=pregunta.pk)
        ultimo = actual.historia.last()
        if ultimo is None or (ultimo.verbo, ultimo.por_id) != (verbo, por.pk):
            hacer(actual)
            avisar(actual, objeto_de(actual))
