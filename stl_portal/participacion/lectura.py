"""Cómo se lee una pregunta: aquello de que trata, su órgano, sus respuestas y en qué va; nunca su correo."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import OrganoPublico

from . import registro
from .estados import EstadoPregunta
from .models import Pregunta, Respuesta
from .registro import Objeto


@dataclass(frozen=True)
class Leida:
    """Una pregunta lista para mostrarse. `objeto` es None si aquello de que trata ya no es público."""

    pregunta: Pregunta
    objeto: Objeto | None
    organo: OrganoPublico | None
    respuestas: list[Respuesta]  # la vigente primero
    al: dt.date

    @property
    def respuesta(self) -> Respuesta | None:
        """La que vale."""
        return self.respuestas[0] if self.respuestas else None

    @property
    def anteriores(self) -> list[Respuesta]:
        """Las que se corrigieron."""
        return self.respuestas[1:]

    @property
    def estado(self) -> tuple[str, str]:
        """Cómo se dice en qué va, y su tono."""
        return estado_dicho(self.pregunta, self.al)

    @property
    def plazo(self) -> str:
        """«Deben responderla a más tardar el 3 de marzo de 2026», «Venció hace 4 días hábiles…»."""
        return plazo_dicho(self.pregunta, self.al)


def estado_dicho(pregunta: Pregunta, al: dt.date) -> tuple[str, str]:
    """En qué va ese día, en palabras, y con qué tono."""
    if pregunta.vencida(al):
        return "Sin responder, vencida", "error"
    if pregunta.espera:
        return "Sin responder", "alerta"
    if pregunta.estado == EstadoPregunta.RESPONDIDA:
        return ("Respondida tarde", "curso") if pregunta.tarde else ("Respondida", "exito")
    if pregunta.estado == EstadoPregunta.PUBLICADA:
        return "Comentario", "info"
    return pregunta.get_estado_display(), "neutro"


def plazo_dicho(pregunta: Pregunta, al: dt.date) -> str:
    """Para cuándo se debe la respuesta o cuánto tardó; vacío si no tiene plazo."""
    if pregunta.vence is None:
        return ""
    if pregunta.vencida(al):
        tarde = registro.sede().habiles(pregunta.vence, al)
        de_retraso = f", hace {dias_habiles(tarde)}" if tarde else ""
        return f"Debió responderse a más tardar el {fecha_larga(pregunta.vence)}{de_retraso}"
    if pregunta.espera:
        faltan = registro.sede().habiles(al, pregunta.vence)
        return f"Deben responderla a más tardar el {fecha_larga(pregunta.vence)}: {_faltan(faltan)}"
    if pregunta.tardo is not None:
        cuanto = f"en {dias_habiles(pregunta.tardo)}" if pregunta.tardo else "el mismo día"
        return f"Se respondió {cuanto}; el plazo era de {pregunta.dias}"
    return ""


def dias_habiles(cuantos: int) -> str:
    """«1 día hábil», «4 días hábiles»."""
    return "1 día hábil" if cuantos == 1 else f"{cuantos} días hábiles"


def _faltan(cuantos: int) -> str:
    if cuantos == 0:
        return "es hoy"
    return "falta 1 día hábil" if cuantos == 1 else f"faltan {dias_habiles(cuantos)}"


def leer(
    filas: Iterable[Pregunta],
    al: dt.date | None = None,
    *,
    objetos: Mapping[tuple[str, int], Objeto] | None = None,
    organos: Mapping[int, OrganoPublico] | None = None,
) -> list[Leida]:
    """Esas preguntas, con sus `respuestas` ya traídas; en un número fijo de consultas.

    `objetos` y `organos`, si ya se tienen, no se vuelven a traer.
    """
    preguntas = list(filas)
    hoy = al or timezone.localdate()
    if objetos is None:
        objetos = registro.nombrar({(p.clase, p.objeto) for p in preguntas})
    if organos is None:
        organos = registro.sede().organos({p.organo for p in preguntas}, hoy) if preguntas else {}
    return [
        Leida(
            pregunta=p,
            objeto=objetos.get((p.clase, p.objeto)),
            organo=organos.get(p.organo),
            respuestas=sorted(p.respuestas.all(), key=lambda r: -r.version),
            al=hoy,
        )
        for p in preguntas
    ]
