"""Lo que las aplicaciones muestran en el portal, sin que el portal las conozca.

Cada aplicación se apunta desde `AppConfig.ready()`; el portal recorre las listas.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from stl_portal.espanol import falta_rotulo, rotulado


@dataclass(frozen=True)
class Pendiente:
    """Algo que a una persona le toca hacer, con su botón. `crea` = al hacerlo se empieza algo (POST)."""

    titulo: str
    detalle: str
    accion: str
    url: str
    vence: dt.date | None = None
    urgente: bool = False
    organo: int = 0  # su clave primaria, si es de un órgano; `donde` lo nombra
    donde: str = ""
    crea: bool = False


@dataclass(frozen=True)
class Enlace:
    """Una entrada de la navegación principal; las de menor `orden` van antes."""

    texto: str
    url: str
    orden: int = 50


@dataclass(frozen=True)
class Bloque:
    """Un bloque de una página: plantilla y contexto; en la portada, en qué columna y en qué orden."""

    plantilla: str
    contexto: dict[str, Any]
    orden: int = 50
    lateral: bool = False


@dataclass(frozen=True)
class Espacio:
    """Un lugar de trabajo al que la persona puede entrar (la mesa de un órgano…)."""

    nombre: str
    descripcion: str
    url: str


@dataclass(frozen=True)
class Ligado:
    """Algo público de una aplicación que nace de un acuerdo o de un punto de otra."""

    texto: str
    url: str


@dataclass(frozen=True)
class DelPlan:
    """Un eje o un compromiso público, por su clave permanente: «2022-2024/1», «2022-2024/1.2»."""

    clave: str
    nombre: str
    url: str


@dataclass(frozen=True)
class FuenteDelPlan:
    """Quien lleva los planes: lo público de unos órganos, o lo de esas claves, en el orden del plan."""

    de_organos: Callable[[Collection[int]], Iterable[DelPlan]]
    por_clave: Callable[[Collection[str]], Iterable[DelPlan]]


@dataclass(frozen=True)
class Hecho:
    """Algo público que ya consta de un órgano y que cumple algo por sí solo: se instaló, publicó su plan."""

    organo: int
    que: str
    fecha: dt.date
    dicho: str
    url: str


@dataclass(frozen=True)
class Municipio:
    """Un municipio donde se puede fundar un secretariado: clave INEGI, nombre y desde dónde expide."""

    clave: str
    nombre: str
    lugar: str


@dataclass(frozen=True)
class Direccion:
    """Una página pública: su dirección, desde «/», y cuándo cambió por última vez; None si no consta."""

    url: str
    modificada: dt.date | dt.datetime | None = None


@dataclass(frozen=True)
class Tramo:
    """Una clase de páginas públicas del mapa del sitio: las sesiones, las evidencias…

    `filas()` da solo lo que cualquiera puede leer, en un orden que no cambia, y se puede rebanar y contar
    (una consulta o una lista); `direccion` convierte cada una sin consultar más.
    """

    clave: str  # va en la dirección de su parte del mapa
    filas: Callable[[], Any]
    direccion: Callable[[Any], Direccion]


@dataclass(frozen=True)
class OrganoPublico:
    """Un órgano que cualquiera conoce, con su nombre de ese día: por él se filtra lo de cada aplicación."""

    pk: int
    clave: str
    nombre: str
    corto: str
    ficticio: bool = False

    @property
    def se_rotula(self) -> bool:
        """Si hay que decir aparte que es ficticio, porque su nombre corto no lo dice."""
        return falta_rotulo(self.corto, ficticio=self.ficticio)

    def __str__(self) -> str:
        """Cómo se ofrece; si es de mentira y su nombre no lo dice, lo dice."""
        return rotulado(self.corto, ficticio=self.ficticio)


PENDIENTES: list[Callable[[Any, dt.date], Iterable[Pendiente]]] = []
ESPACIOS: list[Callable[[Any, dt.date], Iterable[Espacio]]] = []
NAVEGACION: list[Enlace] = []
PORTADA: list[Callable[[HttpRequest, dt.date], Bloque]] = []
MI: list[Callable[[HttpRequest, dt.date], Bloque]] = []  # bloques de «mi portal», después de lo pendiente
DEMOSTRACION: list[Callable[[Callable[[str], None]], None]] = []
DEMOSTRACION_AL_FINAL: list[Callable[[Callable[[str], None]], None]] = []  # lo de órganos que carga otra

# Qué nació de cada acuerdo o de cada punto, por su clave primaria: lo preguntan las páginas de sesiones.
DE_ACUERDOS: list[Callable[[Collection[int]], Mapping[int, Sequence[Ligado]]]] = []
DE_PUNTOS: list[Callable[[Collection[int]], Mapping[int, Sequence[Ligado]]]] = []

# Quién dice qué ejes y compromisos hay, y qué se relaciona con cada uno, por su clave: lo enlaza su página.
PLANES: list[FuenteDelPlan] = []
DE_LO_DEL_PLAN: list[Callable[[Collection[str]], Mapping[str, Sequence[Ligado]]]] = []

# Qué puede cumplir un hecho por sí solo, como lo dice cada aplicación.
INSTALACION = "instalacion"
PLAN = "plan"

# Qué hechos públicos constan de unos órganos hasta una fecha, y qué muestra cada aplicación de un órgano.
HECHOS: list[Callable[[Collection[int], dt.date], Iterable[Hecho]]] = []
DE_ORGANOS: list[Callable[[Collection[int]], Mapping[int, Sequence[Ligado]]]] = []

# Los órganos que se pueden elegir ese día, los reales primero.
ORGANOS: list[Callable[[dt.date], Iterable[OrganoPublico]]] = []

# Los municipios que hay, por nombre; los conoce la aplicación que los lleva.
MUNICIPIOS: list[Callable[[], Iterable[Municipio]]] = []

# Las páginas que cualquiera puede leer, por clase: de aquí salen el mapa del sitio y la copia sin servidor.
SITIO: list[Tramo] = []
# Del primer tramo de una dirección («sesiones»), las públicas que se parecen a la pedida, por sus partes
# («sesiones», «stl», «xviii»): pocas y sin recorrer todo. De ellas sugiere la página de «no encontramos».
PARECIDAS: dict[str, Callable[[Sequence[str]], Iterable[Enlace]]] = {}


def apuntar(lista: list[Any], algo: Any) -> None:
    """Agrega una sola vez (ready() puede correr dos veces en pruebas)."""
    if algo not in lista:
        lista.append(algo)


def organos(al: dt.date) -> dict[str, OrganoPublico]:
    """Los que se pueden elegir ese día, por su clave y en el orden en que se ofrecen."""
    return {organo.clave: organo for fuente in ORGANOS for organo in fuente(al)}
