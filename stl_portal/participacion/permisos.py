"""Quién puede qué con una pregunta: quien conduce modera y responde; quien está a cargo, responde."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from . import registro
from .estados import PUBLICAS, EstadoPregunta
from .models import Pregunta


@dataclass(frozen=True)
class Papel:
    """Lo que una cuenta es para una pregunta ese día."""

    conduce: bool
    audita: bool
    a_cargo: bool

    @property
    def lee(self) -> bool:
        """Si para ella existe en el trabajo interno."""
        return self.conduce or self.audita or self.a_cargo

    @property
    def responde(self) -> bool:
        """Quien está a cargo o quien conduce."""
        return self.conduce or self.a_cargo


NINGUNO = Papel(conduce=False, audita=False, a_cargo=False)


def de_lo_que_responde(usuario: Any, al: dt.date) -> Q:
    """Lo ya publicado de aquello por lo que la cuenta responde."""
    condicion = Q(pk__in=())
    for nombre, clase in registro.OBJETOS.items():
        condicion |= Q(clase=nombre, objeto__in=clase.a_cargo(usuario, al))
    return condicion & Q(estado__in=PUBLICAS)


def suyas(usuario: Any, al: dt.date) -> "QuerySet[Pregunta]":
    """Las que la cuenta lee: las de los órganos que conduce o audita y las que le toca responder.

    Sin confirmar el correo no son de nadie todavía.
    """
    if not usuario.is_authenticated or not usuario.is_active:
        return Pregunta.objects.none()
    de_sus_organos = Q(organo__in=registro.sede().audita(usuario, al))
    return Pregunta.objects.filter(de_sus_organos | de_lo_que_responde(usuario, al)).exclude(
        estado=EstadoPregunta.RECIBIDA
    )


def por_moderar(usuario: Any, al: dt.date) -> "QuerySet[Pregunta]":
    """Las que esperan moderación en los órganos que conduce."""
    return Pregunta.objects.por_moderar().filter(organo__in=registro.sede().conduce(usuario, al))


def por_responder(usuario: Any, al: dt.date) -> "QuerySet[Pregunta]":
    """Las que esperan respuesta y le toca responder: por su asiento o porque conduce el órgano."""
    de_sus_organos = Q(organo__in=registro.sede().conduce(usuario, al))
    return Pregunta.objects.sin_responder().filter(de_sus_organos | de_lo_que_responde(usuario, al))


def papel(usuario: Any, pregunta: Pregunta, al: dt.date) -> Papel:
    """Qué es la cuenta para esa pregunta."""
    if not usuario.is_authenticated or not usuario.is_active:
        return NINGUNO
    sede, de_ella = registro.sede(), Pregunta.objects.filter(pk=pregunta.pk)
    return Papel(
        conduce=de_ella.filter(organo__in=sede.conduce(usuario, al)).exists(),
        audita=de_ella.filter(organo__in=sede.audita(usuario, al)).exists(),
        a_cargo=de_ella.filter(de_lo_que_responde(usuario, al)).exists(),
    )


def atiende_algo(usuario: Any, al: dt.date) -> bool:
    """Si tiene preguntas que leer o conduce un órgano al que se le puede preguntar."""
    return registro.sede().conduce(usuario, al).exists() or suyas(usuario, al).exists()
