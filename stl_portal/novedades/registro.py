"""Lo que cada aplicación publica y avisa, para contarlo en una página y en los canales Atom.

Cada clase de novedad sale solo de filas publicadas. Lo que se anotó en el registro público dice además su
eslabón, donde cualquiera lo comprueba.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from stl_portal.avisos.envio import dominio
from stl_portal.espanol import rotulado


@dataclass(frozen=True)
class Novedad:
    """Algo que se publicó o se avisó, contado con hechos.

    `identidad` es lo que va después de la fecha en su identificador («acta:ABCD-…») y no cambia nunca.
    `renovada` es cuándo cambió lo que se lee de ella, si cambió después.
    """

    identidad: str
    titulo: str
    dicho: str
    url: str
    cuando: dt.datetime
    autor: str
    clase: str = ""  # su clave en `NOVEDADES`; la pone quien la recoge
    ficticia: bool = False
    renovada: dt.datetime | None = None
    eslabon: int | None = None

    @property
    def titulo_completo(self) -> str:
        """El título; si su órgano es ficticio y no lo dice ya, lo dice."""
        return rotulado(self.titulo, ficticio=self.ficticia, que="órgano ficticio")

    @property
    def identificador(self) -> str:
        """El permanente (RFC 4151): no depende de la dirección."""
        return f"tag:{dominio()},{self.cuando.astimezone(dt.UTC):%Y-%m-%d}:{self.identidad}"

    @property
    def actualizada(self) -> dt.datetime:
        """Cuándo cambió por última vez lo que se lee de ella."""
        return self.renovada or self.cuando


@dataclass(frozen=True)
class Pedido:
    """Qué novedades se piden: las de un periodo (el fin no cuenta), las últimas `tope`, las de un órgano."""

    desde: dt.datetime | None = None
    hasta: dt.datetime | None = None
    organo: str = ""
    tope: int | None = None
    reales: bool = False  # sin las de órganos ficticios

    def de(self, filas: "QuerySet[Any]", fecha: str, organo: str) -> "QuerySet[Any]":
        """Las filas pedidas, de la más reciente a la más vieja; `fecha` y `organo` nombran sus campos.

        Elegirlas y ordenarlas recorre todas: lo demás se trae solo de las elegidas, en la misma consulta.
        """
        limites = {f"{fecha}__gte": self.desde, f"{fecha}__lt": self.hasta, organo: self.organo}
        elegidas = filas.model._default_manager.filter(pk__in=filas.order_by().values("pk"))
        elegidas = elegidas.filter(**{campo: valor for campo, valor in limites.items() if valor})
        if self.reales:
            elegidas = elegidas.filter(**{f"{organo.removesuffix('clave')}ficticio": False})
        en_orden = (f"-{fecha}", "-pk")
        claves = elegidas.order_by(*en_orden).values("pk")[: self.tope]
        return filas.filter(pk__in=claves).order_by(*en_orden)


@dataclass(frozen=True)
class Clase:
    """Una clase de novedades: cómo se llama y quién las da, en consultas fijas."""

    nombre: str
    dar: Callable[[Pedido], Iterable[Novedad]]


# Por clave, en el orden en que se ofrecen al filtrar.
NOVEDADES: dict[str, Clase] = {}
