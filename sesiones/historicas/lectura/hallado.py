"""Lo que se propone de un acta: cada hecho con los renglones de donde salió y su confianza."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Confianza(StrEnum):
    """Qué tan claro lo dice el texto."""

    ALTA = "alta"
    MEDIA = "media"
    BAJA = "baja"


@dataclass(frozen=True)
class Hallado(Generic[T]):
    """Un hecho. `renglones` son los del texto pegado, contados desde 1; vacío si no lo dice ninguno."""

    valor: T
    renglones: tuple[int, ...] = ()
    confianza: Confianza = Confianza.ALTA


@dataclass(frozen=True)
class Asistente:
    """Alguien que estuvo, como lo escribe el acta. `calidad`: titular, suplente, facilitadora, acompana,
    invitada, ponente o ausente.
    """

    nombre: str
    tratamiento: str = ""
    cargo: str = ""
    institucion: str = ""
    calidad: str = "titular"
    en_sesion: bool = False  # se le tuvo por suplente durante la sesión: no contó al abrir


@dataclass(frozen=True)
class Punto:
    """Un punto del orden del día. `ruta` lo ubica: (4, 1) es el primer inciso del cuarto."""

    ruta: tuple[int, ...]
    titulo: str
    tipo: str
    resultado: str = ""
    motivo: str = ""
    desahogo: str = ""


@dataclass(frozen=True)
class Acuerdo:
    """Un acuerdo, en el orden en que aparece; `etiqueta` es como el acta lo llama."""

    numero: int
    etiqueta: str
    texto: str
    punto: tuple[int, ...] = ()
    responsable: str = ""


@dataclass(frozen=True)
class Voto:
    """Una votación de un punto o de un acuerdo. El conteo es a favor, en contra y abstenciones."""

    forma: str  # unanimidad, mayoria o conteo
    asunto: str
    punto: tuple[int, ...] = ()
    acuerdo: int = 0
    conteo: tuple[int, int, int] | None = None


@dataclass(frozen=True)
class Oficio:
    """Un oficio que el acta cita con su folio."""

    folio: str
    asunto: str
    punto: tuple[int, ...] = ()


@dataclass(frozen=True)
class Plazo:
    """Una fecha o un término que alguien debe cumplir."""

    concepto: str
    literal: str
    fecha: dt.date | None = None
    punto: tuple[int, ...] = ()
    acuerdo: int = 0


@dataclass(frozen=True)
class Firmante:
    """Quien aparece en la hoja de firmas; `explicacion` es lo que ella dice de por qué firma."""

    nombre: str
    tratamiento: str = ""
    cargo: str = ""
    explicacion: str = ""


@dataclass(frozen=True)
class Propuesta:
    """La sesión que se propone. Lo que el texto no dice queda en None o vacío; nunca se inventa."""

    organo: Hallado[str] | None = None
    tipo: Hallado[str] | None = None
    numero: Hallado[int] | None = None
    fecha: Hallado[dt.date] | None = None
    inicio: Hallado[dt.time] | None = None
    cierre: Hallado[dt.time] | None = None
    modalidad: Hallado[str] | None = None
    lugar: Hallado[str] | None = None
    domicilio: Hallado[str] | None = None
    asistentes: tuple[Hallado[Asistente], ...] = ()
    puntos: tuple[Hallado[Punto], ...] = ()
    acuerdos: tuple[Hallado[Acuerdo], ...] = ()
    votos: tuple[Hallado[Voto], ...] = ()
    oficios: tuple[Hallado[Oficio], ...] = ()
    plazos: tuple[Hallado[Plazo], ...] = ()
    firmantes: tuple[Hallado[Firmante], ...] = ()
