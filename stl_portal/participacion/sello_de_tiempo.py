"""Cuándo se abrió la forma, firmado: nadie escribe una pregunta en tres segundos."""

import datetime as dt

from django.core import signing

SAL = "preguntas.sello"
MINIMO = dt.timedelta(seconds=3)
MAXIMO = dt.timedelta(hours=24)


def poner(de: str, cuando: dt.datetime) -> str:
    """El sello de la forma de ese objeto, abierta en ese momento."""
    return signing.dumps([de, int(cuando.timestamp())], salt=SAL)


def edad(sello: str, de: str, cuando: dt.datetime) -> dt.timedelta | None:
    """Cuánto lleva abierta; None si el sello no es de este portal o es de la forma de otro objeto."""
    try:
        suyo, abierta = signing.loads(sello, salt=SAL)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return cuando - dt.datetime.fromtimestamp(abierta, dt.UTC) if suyo == de else None
