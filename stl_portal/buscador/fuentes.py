"""Qué se puede encontrar: cada aplicación declara lo suyo desde `AppConfig.ready()`.

El portal no conoce las aplicaciones. Una fuente dice qué grupos hay publicados y qué lugares da cada uno;
`vigilar` dice con qué filas cambia un grupo: se anota en la misma transacción y se rehace al confirmarse.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save

Grupos = Callable[[Any], Iterable[str]]


@dataclass(frozen=True)
class Clase:
    """Cómo se dice una clase de lugar: «Acuerdo», «Acuerdos»."""

    uno: str
    varios: str


@dataclass(frozen=True)
class Lugar:
    """Algo publicado, con la dirección donde se lee.

    `clave` es única y permanente: «acuerdo:stl/xviii-ordinaria-2020/3»; lo que va tras un «#» es una parte
    del mismo documento y al mostrarse se juntan. `texto` es el que se lee, sin marcas de formato. `objeto`
    es su clave primaria, si hay una lista que filtra por palabras.
    """

    clave: str
    clase: str
    titulo: str
    url: str
    texto: str = ""
    de_donde: str = ""
    organo: str = ""
    fecha: dt.date | None = None
    ficticio: bool = False
    objeto: int | None = None


@dataclass(frozen=True)
class Fuente:
    """De dónde salen los lugares cuyos grupos empiezan con `prefijo` («acta» en «acta:stl/…»).

    `grupos` da todos los publicados; `de`, los lugares de uno: ninguno si no existe o no es público.
    """

    prefijo: str
    clases: Mapping[str, Clase]
    grupos: Callable[[], Iterable[str]]
    de: Callable[[str], Iterable[Lugar]]


FUENTES: dict[str, Fuente] = {}


def apuntar_fuente(fuente: Fuente) -> None:
    """Agrega una fuente; repetirla no la duplica."""
    FUENTES[fuente.prefijo] = fuente


def clases() -> dict[str, Clase]:
    """Las de todas las fuentes, en el orden en que se apuntaron."""
    return {clave: clase for fuente in FUENTES.values() for clave, clase in fuente.clases.items()}


def vigilar(modelo: type[Model], grupos: Grupos) -> None:
    """Al guardar o borrar una fila, anota en esa transacción los grupos que dependen de ella."""
    from stl_portal.buscador import reindexar

    def al_cambiar(instance: Any, raw: bool = False, **_: Any) -> None:
        if not raw:  # al restaurar un respaldo las filas llegan en desorden: después se rehace todo
            reindexar.anotar(grupos(instance))

    quien = f"buscador:{modelo.__name__}:{grupos.__module__}.{grupos.__qualname__}"
    for senal in (post_save, post_delete):
        senal.connect(al_cambiar, sender=modelo, weak=False, dispatch_uid=quien)
