"""Que conste cada respaldo, restauración y simulacro, haya salido bien o mal."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import DatabaseError
from django.utils import timezone

from .errores import NoSePudo
from .models import Clase, Corrida


@dataclass
class Nota:
    """Lo que se irá a guardar; quien hace el trabajo la va llenando."""

    empezo_el: dt.datetime
    bien: bool = True
    dicho: str = ""
    datos: dict[str, Any] = field(default_factory=dict)


@contextmanager
def corrida(clase: Clase) -> Iterator[Nota]:
    """Guarda la nota al terminar; si algo se lanza, como falla y con su frase.

    Si la base no deja guardarla, lo que se lanza es lo primero que falló.
    """
    nota = Nota(timezone.now())
    try:
        yield nota
    except Exception as error:
        nota.bien = False
        nota.dicho = (
            str(error) if isinstance(error, NoSePudo) else f"Se detuvo por un error: {type(error).__name__}."
        )
        with suppress(DatabaseError):
            _guardar(clase, nota)
        raise
    _guardar(clase, nota)


def _guardar(clase: Clase, nota: Nota) -> None:
    Corrida.objects.create(
        clase=clase,
        empezo_el=nota.empezo_el,
        termino_el=timezone.now(),
        bien=nota.bien,
        dicho=nota.dicho,
        **nota.datos,
    )
