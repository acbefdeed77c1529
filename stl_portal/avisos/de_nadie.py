"""Direcciones que ninguna persona puede tener (RFC 2606): las de la demostración y las de los ejemplos."""

from django.db.models import Q

TERMINACIONES = (".example", ".test", ".invalid", "@example.com", "@example.org", "@example.net")


def de_nadie(campo: str) -> Q:
    """Las filas cuya dirección, en ese campo, no es de nadie."""
    condicion = Q()
    for terminacion in TERMINACIONES:
        condicion |= Q(**{f"{campo}__endswith": terminacion})
    return condicion
