"""Las citas públicas que cada aplicación da al calendario, sin que el portal las conozca.

Una cita solo sale de filas publicadas y lleva todo lo que el calendario muestra y lo que un programa de
agenda necesita para reconocerla: quien la da responde por su identidad y por cuándo cambió.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from stl_portal.espanol import rotulo

DURACION = dt.timedelta(hours=2)  # nada dice a qué hora terminará: se aparta un rato razonable
Extremos = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Cita:
    """Algo con fecha que cualquiera puede conocer.

    `identidad` es la misma mientras exista («sesion-12»); `secuencia` sube con cada cambio que se publica
    y `modificada` dice cuándo fue. Sin `hora` es de día completo; `hasta` es su último día, inclusive.
    """

    identidad: str
    clase: str  # qué es, para leerse: «Sesión»
    titulo: str
    dia: dt.date
    url: str
    modificada: dt.datetime
    secuencia: int = 0
    hora: dt.time | None = None
    hasta: dt.date | None = None
    hora_fin: dt.time | None = None  # a qué hora termina, en su último día, si se sabe
    lugar: str = ""  # el que se publica; nunca la liga para conectarse
    detalle: str = ""
    organo: str = ""  # su clave
    de: str = ""  # de quién es, con todas sus letras
    corto: str = ""  # lo mismo, para los renglones
    ficticio: bool = False
    estado: str = ""  # «Convocada»; su tono lo da `clave_de_estado`
    clave_de_estado: str = ""
    cancelada: bool = False
    solo_agenda: bool = False  # ya no se muestra, pero quien la tenga en su agenda debe saber que se quitó

    @property
    def ultimo(self) -> dt.date:
        """El último de sus días."""
        return self.hasta or self.dia

    @property
    def resumen(self) -> str:
        """Cómo se llama en una agenda; dice si es de un órgano ficticio."""
        return ", ".join(filter(None, (self.titulo, self.de))) + self.aclaracion

    @property
    def aclaracion(self) -> str:
        """Lo que se añade al nombre de lo que no es real, si el nombre no lo dice ya."""
        return rotulo(f"{self.titulo} {self.de}", ficticio=self.ficticio)


@dataclass(frozen=True)
class Fuente:
    """Una clase de citas.

    `entre(desde, hasta, organo)` da las que tocan alguno de esos días, en consultas fijas, y
    `extremos(organo)`, el primer y el último día con alguna. Sin `organo`, las de todos.
    """

    entre: Callable[[dt.date, dt.date, str], Iterable[Cita]]
    extremos: Callable[[str], Extremos]


CITAS: list[Fuente] = []
