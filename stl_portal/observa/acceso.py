"""Quién puede ver cómo está el portal por dentro: quien trae su ficha o está en la red interna."""

from hmac import compare_digest
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def trae_ficha(request: HttpRequest) -> bool:
    """`Authorization: Bearer …` con la de `FICHA_DE_OPERACION`; sin ella en el entorno, nadie."""
    ficha: str = settings.FICHA_DE_OPERACION
    clase, _, dicha = request.headers.get("Authorization", "").partition(" ")
    return bool(ficha) and clase.lower() == "bearer" and compare_digest(dicha.encode(), ficha.encode())


def de_la_red_interna(request: HttpRequest) -> bool:
    """Si son de `REDES_INTERNAS` quien se conecta y, por un proxy, todos por quienes dice que vino."""
    dichas = request.headers.get("X-Forwarded-For", "").split(",")
    vino_por = [dicha.strip() for dicha in (request.META.get("REMOTE_ADDR", ""), *dichas) if dicha.strip()]
    return bool(vino_por) and all(map(_es_interna, vino_por))


def ve_el_detalle(request: HttpRequest) -> bool:
    """Cualquiera de las dos."""
    return trae_ficha(request) or de_la_red_interna(request)


def _es_interna(direccion: str) -> bool:
    try:
        suya = ip_address(direccion)
    except ValueError:
        return False
    return any(suya in ip_network(red) for red in settings.REDES_INTERNAS)
