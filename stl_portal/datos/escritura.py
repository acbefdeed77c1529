"""Cómo se escribe cada clase de valor, igual en todas las formas: ISO 8601, punto decimal y sin adornos."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone


def instante(valor: dt.datetime) -> str:
    """«2026-03-18T10:00:00-06:00»: en la hora del portal y con su diferencia con UTC."""
    return valor.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")


def hora(valor: dt.time | str) -> str:
    """«10:00»."""
    return valor if isinstance(valor, str) else valor.isoformat(timespec="minutes")


def numero(valor: Decimal | int | float) -> str:
    """Sin ceros que sobren, sin exponente y sin separar los millares: «42.5», «1200»."""
    escrito = format(Decimal(valor), "f")
    return escrito.rstrip("0").rstrip(".") if "." in escrito else escrito


def si_no(valor: bool) -> str:
    """`true` o `false`, como lo pide Table Schema."""
    return "true" if valor else "false"
