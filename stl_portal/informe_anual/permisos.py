"""Quién prepara un informe y quién lo lee antes de publicarse, según diga la aplicación de los órganos."""

import datetime as dt
from typing import Any

from stl_portal.publico.registro import OrganoPublico, organos

from . import registro


def prepara(usuario: Any, organo: int, al: dt.date) -> bool:
    """Si lo empieza, lo escribe, lo publica y lo corrige."""
    return _esta(registro.quienes().prepara, usuario, organo, al)


def lee(usuario: Any, organo: int, al: dt.date) -> bool:
    """Si lo lee mientras se prepara."""
    return _esta(registro.quienes().lee, usuario, organo, al)


def _esta(cuales: Any, usuario: Any, organo: int, al: dt.date) -> bool:
    activa = usuario.is_authenticated and usuario.is_active
    return bool(activa and cuales(usuario, al).filter(pk=organo).exists())


def organos_que_lee(usuario: Any, al: dt.date) -> list[tuple[OrganoPublico, bool]]:
    """Los órganos cuyos informes lee antes de publicarse, y si además los prepara."""
    leidos = set(registro.quienes().lee(usuario, al).values_list("pk", flat=True))
    preparados = set(registro.quienes().prepara(usuario, al).values_list("pk", flat=True))
    return [(uno, uno.pk in preparados) for uno in organos(al).values() if uno.pk in leidos]
