"""Del identificador de una fila al objeto que la da."""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

CLAVE = "[-a-zA-Z0-9_]+"
NUMERO = "[0-9]{1,4}"
PRIMARIA = "[0-9]{1,9}"


def segun(forma: str) -> "Callable[[QuerySet[Any], str], QuerySet[Any]]":
    """El `de_id` de un conjunto: `forma` es una expresión regular y cada grupo, una condición del ORM.

    Lo que no tiene esa forma no es de ningún objeto.
    """
    patron = re.compile(forma, re.ASCII)

    def de_id(objetos: "QuerySet[Any]", id_de_fila: str) -> "QuerySet[Any]":
        hallado = patron.fullmatch(id_de_fila)
        return objetos.filter(**hallado.groupdict()) if hallado else objetos.none()

    return de_id
