"""La administración del portal entre los espacios de trabajo de «Mi portal»."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from stl_portal.publico.registro import Espacio

from . import permisos


def de_quien_administra(usuario: Any, al: dt.date) -> Iterator[Espacio]:
    """El tablero, para quien administra el portal."""
    if permisos.administra(usuario):
        yield Espacio(
            nombre="Administración del portal",
            descripcion="Lo que espera en todos los órganos, los correos y los registros de cada cosa",
            url=reverse("tablero"),
        )
