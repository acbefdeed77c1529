"""Lo que cada texto dice hoy, sin preguntar a la base mientras nada público cambie.

Cada proceso recuerda todo lo editado (son pocas filas) junto con la edición de lo público con que lo leyó:
mientras rija la misma, no pregunta. Qué edición rige se sabe sin consulta de más: la trae la página que se
va a guardar compuesta o, de quien entró, la misma consulta que lee su cuenta (`cuentas/entrada.py`). A los
demás les cuesta una.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import ClassVar

from django.db.utils import DatabaseError
from django.utils import timezone

from stl_portal.publico import edicion

from . import variables
from .registro import TEXTOS


@dataclass(frozen=True)
class Dicho:
    """Un anuncio, como se muestra."""

    texto: str
    tono: str
    donde: str
    desde: dt.date
    hasta: dt.date
    accion: str
    liga: str


@dataclass(frozen=True)
class Foto:
    """Todo lo editado en un momento: los textos por clave y ámbito, y los anuncios que no han terminado."""

    textos: Mapping[tuple[str, str], str] = field(default_factory=dict)
    anuncios: tuple[Dicho, ...] = ()


class Memoria:
    """Lo último que este proceso leyó y con qué edición; None, nada."""

    ultima: ClassVar[tuple[str, Foto] | None] = None


# Cómo saber la edición que rige, sin preguntar, en la petición que se atiende.
EDICION_SABIDA: ContextVar[Callable[[], str] | None] = ContextVar("edicion_sabida", default=None)


def de(clave: str, ambito: str = "", **valores: object) -> str:
    """Lo que dice ese texto, con sus datos: el del órgano, el del portal o el de fábrica.

    Lanza `KeyError` si nadie apuntó esa clave.
    """
    return variables.llenar(sin_llenar(clave, ambito), valores)


def sin_llenar(clave: str, ambito: str = "") -> str:
    """Lo mismo, con sus datos todavía entre llaves."""
    declarado, editados = TEXTOS[clave], foto().textos
    for de_quien in dict.fromkeys((ambito, "")):
        if (clave, de_quien) in editados:
            return editados[clave, de_quien]
    return declarado.fabrica


def anuncios(al: dt.date, *, dentro: bool) -> list[Dicho]:
    """Los de ese día, para quien ya entró (`dentro`) o para los demás."""
    suyos = {"todas", "privado" if dentro else "publico"}
    return [uno for uno in foto().anuncios if uno.desde <= al <= uno.hasta and uno.donde in suyos]


def foto() -> Foto:
    """Lo editado, como está ahora."""
    saber = EDICION_SABIDA.get()
    recordada = Memoria.ultima
    try:
        rige = saber() if saber else vigente()
        if recordada is None or recordada[0] != rige:
            recordada = (rige, leer())
            Memoria.ultima = recordada
    except DatabaseError:  # hasta la página que dice que el portal falló lleva textos
        return recordada[1] if recordada else Foto()
    return recordada[1]


def vigente() -> str:
    """La edición de lo público que rige. Una consulta."""
    return edicion.vigente()


def leer() -> Foto:
    """Dos consultas, una por tabla."""
    from .models import Anuncio, Texto

    textos = Texto.objects.filter(de_fabrica=False).values_list("clave", "ambito", "escrito")
    ayer = timezone.localdate() - dt.timedelta(days=1)  # por si se lee justo antes de la medianoche
    campos = ("texto", "tono", "donde", "desde", "hasta", "accion", "liga")
    filas = Anuncio.objects.filter(hasta__gte=ayer).order_by("-tono", "desde", "pk").values(*campos)
    return Foto({(c, a): escrito for c, a, escrito in textos}, tuple(Dicho(**fila) for fila in filas))


def olvidar() -> None:
    """Lo siguiente se vuelve a leer."""
    Memoria.ultima = None
