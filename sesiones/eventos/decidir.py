"""Publicar un evento, darlo por celebrado o cancelarlo, con el aviso a quienes siguen la agenda."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from sesiones.eventos import seguidores
from sesiones.eventos.models import Evento

DICHO = {
    "publicar": "Se publicó «{}».",
    "celebrar": "Quedó dicho que «{}» se celebró.",
    "cancelar": "Se canceló «{}». Sigue a la vista, con su motivo.",
}


@transaction.atomic
def decidir(evento: Evento, datos: Mapping[str, Any], por: Any, cuando: dt.datetime) -> str:
    """Hace lo que se decidió y devuelve cómo decirlo.

    Lanza `TransicionInvalida` si ya no procede y `ValidationError` si falta el motivo.
    """
    verbo = datos["verbo"]
    if verbo == "cancelar":
        evento.cancelar(por, datos["motivo"], cuando)
    else:
        getattr(evento, verbo)(por, cuando)
    if verbo != "celebrar":
        seguidores.avisar(evento, timezone.localdate(cuando))
    return DICHO[verbo].format(evento)
