"""De qué se puede preguntar y quién lo atiende: lo dicen las aplicaciones, que este paquete no conoce.

Cada aplicación apunta en `OBJETOS` la clase de cosas de que se pregunta (`apuntar_clase`); la que lleva los
órganos dice, además, quién los conduce y cómo se cuentan sus plazos (`instalar`).
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from stl_portal.publico.registro import Enlace, OrganoPublico


@dataclass(frozen=True)
class Objeto:
    """Algo público de lo que se puede preguntar.

    `clave` es permanente y no lleva la clase: `2022-2024/1.2`. `organo` y `asiento` son claves primarias;
    `asiento` es 0 si nadie en particular responde, y entonces responde quien conduce el órgano.
    """

    pk: int
    clave: str
    titulo: str
    url: str
    organo: int
    responde: str = ""
    asiento: int = 0


@dataclass(frozen=True)
class Clase:
    """Una clase de cosas de que se pregunta: `compromiso`, `acuerdo`.

    `publicos` son los que cualquiera puede leer hoy; `por_pk` y `por_clave` solo dan de esos, en un número
    fijo de consultas. `a_cargo` son las claves primarias de los que la cuenta responde ese día.
    """

    nombre: str
    del_dicho: str  # «del compromiso»
    donde: Enlace  # la página donde se escoge uno: «un acuerdo»
    publicos: Callable[[], "QuerySet[Any]"]
    por_pk: Callable[[Collection[int]], Mapping[int, Objeto]]
    por_clave: Callable[[str], Objeto | None]
    a_cargo: Callable[[Any, dt.date], "QuerySet[Any]"]


@dataclass(frozen=True)
class Destinatario:
    """A quién se le escribe."""

    correo: str
    nombre: str


@dataclass(frozen=True)
class Firma:
    """Quién responde, con el cargo y la institución que tenía ese día."""

    nombre: str
    cargo: str
    institucion: str


@dataclass(frozen=True)
class Sede:
    """Lo que de los órganos necesita la participación. Los `QuerySet` son de claves primarias de órganos."""

    organos: Callable[[Collection[int], dt.date], Mapping[int, OrganoPublico]]
    filas: Callable[[], "QuerySet[Any]"]  # los órganos mismos, con su `clave` y si son `ficticio`s
    conduce: Callable[[Any, dt.date], "QuerySet[Any]"]  # modera y responde
    audita: Callable[[Any, dt.date], "QuerySet[Any]"]  # lee lo que aún no es público
    quienes_conducen: Callable[[int, dt.date], list[Destinatario]]
    quienes_ocupan: Callable[[int, dt.date], list[Destinatario]]  # un asiento
    dias: Callable[[int, dt.date], int | None]  # hábiles para responder; None, los que diga el portal
    vence: Callable[[dt.date, int], dt.date]
    habiles: Callable[[dt.date, dt.date], int]
    firma: Callable[[Any, int, int, dt.date], Firma]  # cuenta, órgano, asiento y día


OBJETOS: dict[str, Clase] = {}
_SEDE: list[Sede] = []


def apuntar_clase(clase: Clase) -> None:
    """Agrega una clase; repetirla no la duplica."""
    OBJETOS[clase.nombre] = clase


def instalar(sede: Sede) -> None:
    """Dice quién lleva los órganos; la última vale."""
    _SEDE[:] = [sede]


def sede() -> Sede:
    """Quien lleva los órganos; lanza `LookupError` si ninguna aplicación se apuntó."""
    if not _SEDE:
        raise LookupError("Ninguna aplicación dijo quién lleva los órganos.")
    return _SEDE[0]


def dias_para_responder(organo: int, al: dt.date) -> int:
    """Los días hábiles que fija el órgano ese día o, si no fija ninguno, los del portal."""
    dias = sede().dias(organo, al)
    return settings.PREGUNTAS_DIAS if dias is None else dias


def buscar(clase: str, clave: str) -> Objeto | None:
    """El objeto público con esa clave, o None."""
    return OBJETOS[clase].por_clave(clave) if clase in OBJETOS else None


def nombrar(pares: Collection[tuple[str, int]]) -> dict[tuple[str, int], Objeto]:
    """Los objetos públicos de esos pares de clase y clave primaria; los demás no están."""
    hallados: dict[tuple[str, int], Objeto] = {}
    for nombre, clase in OBJETOS.items():
        suyos = {pk for de, pk in pares if de == nombre}
        for pk, objeto in (clase.por_pk(suyos) if suyos else {}).items():
            hallados[nombre, pk] = objeto
    return hallados
