"""Acciones de las listas: llaman, fila por fila, al mismo verbo que su página y con su mismo permiso."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from stl_portal.transiciones import TransicionInvalida


def una_por_una(
    registro: Any,
    request: HttpRequest,
    filas: Iterable[Any],
    puede: Callable[[Any], bool],
    hacer: Callable[[Any], Any],
    hecho: str,
) -> None:
    """Hace el acto en cada fila que se pueda y dice cómo le fue a cada una; lo hecho queda en su historia.

    `hecho` es lo que se anota y se dice («Se publicó»). Lo que no procede se explica y no detiene lo demás.
    """
    hechas = 0
    for fila in filas:
        if not puede(fila):
            messages.error(request, f"{fila}: no tienes permiso; le toca a quien conduce su órgano.")
            continue
        try:
            hacer(fila)
        except (ValidationError, TransicionInvalida) as error:
            messages.error(request, f"{fila}: {_frase(error)}")
            continue
        registro.log_change(request, fila, hecho)
        hechas += 1
    if hechas:
        messages.success(request, f"{hecho}: {hechas}.")


def _frase(error: ValidationError | TransicionInvalida) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else error.frase
