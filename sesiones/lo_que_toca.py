"""Lo que a cada persona le toca en las sesiones, dicho con el órgano de que se trata.

Quien tiene papel en varios órganos no distingue dos «IV Sesión Ordinaria» solo por su nombre.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sesiones import pedir_firmas
from sesiones import pendientes as de_sesiones
from sesiones.models import Organo
from stl_portal.publico.registro import Pendiente

FUENTES = (
    de_sesiones.de_quien_conduce,
    pedir_firmas.por_firmar,
    de_sesiones.de_integrante,
    de_sesiones.de_quien_revisa,
    de_sesiones.de_revisiones,
    de_sesiones.de_actas,
)


def todo(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo de las sesiones de todos sus órganos."""
    return con_organo((pendiente for fuente in FUENTES for pendiente in fuente(usuario, al)), al)


def con_organo(pendientes: Iterable[Pendiente], al: dt.date) -> Iterator[Pendiente]:
    """Cada uno con el nombre de su órgano ese día; los nombres se traen una sola vez."""
    hallados = list(pendientes)
    organos = Organo.objects.filter(pk__in={pendiente.organo for pendiente in hallados}).con_nombre()
    nombres = {organo.pk: organo.denominacion(al).nombre_corto for organo in organos} if hallados else {}
    for pendiente in hallados:
        yield replace(pendiente, donde=nombres.get(pendiente.organo, ""))
