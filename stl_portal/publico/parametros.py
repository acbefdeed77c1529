"""Qué parámetros hacen de una dirección otra página; los demás buscan, filtran u ordenan la misma.

Lo declara quien la sirve, por el nombre de la dirección, con `paginas_guardadas.apuntar`. Lo leen la caché,
la dirección canónica y la copia del sitio.
"""

from collections.abc import Iterable

from django.urls import Resolver404, resolve

SIEMPRE = frozenset({"page"})
OTRA_PAGINA: dict[str, frozenset[str]] = {}


def declarar(nombres: str, *parametros: str) -> None:
    """De esas direcciones, separadas por espacios; se llama desde `ready()` de quien las sirve."""
    OTRA_PAGINA.update(dict.fromkeys(nombres.split(), frozenset(parametros)))


def de(nombre: str) -> frozenset[str]:
    """Los que hacen otra página de la dirección que se llama así."""
    return OTRA_PAGINA.get(nombre, frozenset()) | SIEMPRE


def es_otra_pagina(ruta: str, pedidos: Iterable[str]) -> bool:
    """Si todos los parámetros pedidos hacen de esa ruta otra página; los de una que no existe, no."""
    try:
        nombre = resolve(ruta).view_name
    except Resolver404:
        nombre = ""
    return de(nombre).issuperset(pedidos)
