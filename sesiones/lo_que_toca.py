"""Lo que a cada persona le toca en las sesiones, dicho con el órgano de que se trata.

Quien tiene papel en varios órganos no distingue dos «IV Sesión Ordinaria» solo por su nombre.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sesiones import pedir_firmas, pendientes
from sesiones.models import Organo
from stl_portal.publico.registro import Pendiente

FUENTES = (
    pendientes.de_quien_conduce,
    pedir_firmas.por_firmar,
    pendientes.de_integrante,
    pendientes.de_quien_revisa,
    pendientes.de_revisiones,
    pendientes.de_actas,
)


def todo(usuario: Any, al: dt.date) -> Iterator[Pendiente]:
    """Lo de todos sus órganos; los nombres se traen una sola vez."""
    hallados = [pendiente for fuente in FUENTES for pendiente in fuente(usuario, al)]
    organos = Organo.objects.filter(pk__in={pendiente.organo for pendiente in hallados}).con_nombre()
    nombres = {organo.pk: organo.denominacion(al).nombre_corto for organo in organos} if hallados else {}
    for pendiente in hallados:
        yield replace(pendiente, donde=nombres.get(pendiente.organo, ""))
