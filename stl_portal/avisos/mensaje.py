"""Lo que recibe una persona: a quién, con qué asunto, qué texto y qué archivos."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Anexado:
    """Un archivo que viaja con el mensaje. `tipo` admite parámetros: `text/calendar; method=REQUEST`."""

    nombre: str
    tipo: str
    contenido: bytes


@dataclass(frozen=True)
class Mensaje:
    """Lo que recibirá una persona; sirve igual para verlo antes que para encolarlo."""

    para: str
    asunto: str
    cuerpo: str
    nombre: str = ""
    anexados: tuple[Anexado, ...] = field(default=(), repr=False)
