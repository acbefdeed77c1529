"""Cuánto falta para que se abra lo que un límite de `ACCOUNT_RATE_LIMITS` cerró, en minutos completos.

allauth cuenta los intentos y cierra, pero no dice hasta cuándo; aquí se lee su misma cuenta, sin cambiarla.
"""

import time
from math import ceil

from allauth.account import app_settings
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import Rate
from django.core.cache import cache
from django.http import HttpRequest

DE_ALLAUTH = "allauth.account"
MINUTO = 60
LO_MAS = 600  # segundos; cuando no se sabe cuál cerró, lo que más dura


def espera(request: HttpRequest) -> int:
    """Segundos que faltan, por la dirección o la cuenta de quien pide; si no se sabe, lo más que dura uno."""
    cerradas = {
        ratelimit.get_cache_key(request, app=DE_ALLAUTH, action=accion, rate=tasa): tasa
        for accion in app_settings.RATE_LIMITS
        for tasa in _tasas(accion)
        if tasa.per == "ip" or (tasa.per == "user" and request.user.is_authenticated)
    }
    return _lo_que_falta(cerradas) or LO_MAS


def de_la_accion(request: HttpRequest, accion: str, clave: str) -> int:
    """Lo mismo, de una acción y lo que en ella se cuenta (una cuenta…); 0 si no está cerrada."""
    tasas = [tasa for tasa in _tasas(accion) if tasa.per in ("ip", "key")]
    return _lo_que_falta(
        {
            ratelimit.get_cache_key(request, app=DE_ALLAUTH, action=accion, rate=tasa, key=clave): tasa
            for tasa in tasas
        }
    )


def lo_mas_que_dura(accion: str) -> int:
    """Los segundos de su plazo más largo."""
    return max((_en_minutos(tasa.duration) for tasa in _tasas(accion)), default=LO_MAS)


def dicha(segundos: int) -> str:
    """«1 minuto», «10 minutos»."""
    minutos = segundos // MINUTO
    return "1 minuto" if minutos == 1 else f"{minutos} minutos"


def _tasas(accion: str) -> list[Rate]:
    return ratelimit.get_rates(app=DE_ALLAUTH, action=accion)


def _lo_que_falta(por_clave: dict[str, Rate]) -> int:
    """De las que ya no admiten otro intento, lo que más tarda en abrirse; una sola pregunta a la caché."""
    ahora, hallados = time.time(), cache.get_many(por_clave)
    faltan = [_falta(hallados[clave], por_clave[clave], ahora) for clave in hallados]
    return max(map(_en_minutos, faltan), default=0)


def _falta(intentos: list[float], tasa: Rate, ahora: float) -> float:
    """`intentos` son los instantes contados, del más reciente al más viejo."""
    cuentan = [instante for instante in intentos if instante > ahora - tasa.duration]
    return cuentan[tasa.amount - 1] + tasa.duration - ahora if len(cuentan) >= tasa.amount else 0


def _en_minutos(segundos: float) -> int:
    return ceil(segundos / MINUTO) * MINUTO
