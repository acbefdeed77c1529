"""Al terminar de importar: que el corte que dice estar publicado trae qué se publicó, y que es lo suyo."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from municipios import models as m
from municipios.estados import EstadoCorte

from .cortes import Cortes, CortesPublicados

if TYPE_CHECKING:
    from stl_portal.traspaso.motor import Motor


def al_terminar(motor: "Motor") -> Iterator[str]:
    """Por qué no puede entrar lo que no cuadra; solo mira lo que llegó."""
    publicados = m.CorteMunicipal.objects.filter(estado=EstadoCorte.PUBLICADO, publicacion=None)
    for corte in publicados.filter(pk__in=motor.nacidas.get(Cortes, [])):
        yield f"«{corte}» dice estar publicado y no viene lo que se publicó de él."
    filas = m.CorteMunicipalPublicado.objects.select_related("corte__organo")
    for fila in filas.in_bulk(motor.nacidas.get(CortesPublicados, [])).values():
        corte = fila.corte
        if _de_que(fila) != (corte.organo.clave, corte.numero):
            yield f"El documento publicado de «{corte}» es de otro corte."
        elif corte.estado != EstadoCorte.PUBLICADO:
            yield f"«{corte}» no dice estar publicado y viene lo que se publicó de él."


def _de_que(fila: m.CorteMunicipalPublicado) -> tuple[str, int] | None:
    """El órgano y el número que dice su documento; None si no tiene forma de corte, aunque dé su huella."""
    try:
        dicho = json.loads(bytes(fila.documento))
        return dicho["organo"]["clave"], dicho["numero"]
    except (ValueError, KeyError, TypeError):
        return None
