"""Los nombres de campo que no se leen letra por letra: acentos y palabras llanas.

El identificador va en ASCII; si el modelo no dice cómo se lee, Django lo lee tal cual («Sesion»).
Se corrige al arrancar; lo que el modelo sí dijo no se toca, y las migraciones solo miran eso.
"""

from collections.abc import Iterable
from typing import Any

DICHOS = {
    "a": "a qué estado",
    "accion": "acción",
    "caduca_el": "caduca",
    "cuando": "cuándo",
    "created_at": "desde cuándo",
    "de": "de qué estado",
    "grafica": "gráfica",
    "institucion": "institución",
    "last_used_at": "último uso",
    "mayoria": "mayoría",
    "metrica": "métrica",
    "no_antes_de": "no antes de",
    "numero": "número",
    "organo": "órgano",
    "padron": "padrón",
    "parrafos": "párrafos",
    "pdf": "PDF",
    "por": "quién",
    "publico": "copia pública",
    "renglon": "renglón",
    "respondio_el": "respondió el",
    "sesion": "sesión",
    "situacion": "situación",
    "titulo": "título",
    "type": "de qué clase",
    "ultimo": "último",
    "unanime": "unánime",
    "user": "cuenta",
    "usuario": "cuenta",
    "version": "versión",
    "votacion": "votación",
}


def decir(modelos: Iterable[Any]) -> None:
    """Da su nombre a los campos que no lo traen. `_verbose_name` es lo que el modelo escribió."""
    for modelo in modelos:
        for campo in (*modelo._meta.local_fields, *modelo._meta.local_many_to_many):
            if campo._verbose_name is None and campo.name in DICHOS:
                campo.verbose_name = DICHOS[campo.name]
