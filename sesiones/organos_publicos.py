"""Los órganos como los conoce el portal: con su nombre de un día, sin más consultas por cada uno."""

import datetime as dt
from collections.abc import Collection, Iterator

from sesiones.models import Organo
from stl_portal.publico.registro import OrganoPublico


def organos(al: dt.date) -> Iterator[OrganoPublico]:
    """Los que tienen nombre, los reales primero."""
    filas = Organo.objects.filter(denominaciones__isnull=False).distinct().con_nombre()
    for organo in filas.reales_primero():
        yield publico(organo, al)


def por_pk(cuales: Collection[int], al: dt.date) -> dict[int, OrganoPublico]:
    """Esos, por su clave primaria."""
    return {organo.pk: publico(organo, al) for organo in Organo.objects.filter(pk__in=cuales).con_nombre()}


def publico(organo: Organo, al: dt.date) -> OrganoPublico:
    """Lo que cualquiera sabe de él; sus denominaciones, ya traídas."""
    dicho = organo.denominacion(al)
    return OrganoPublico(organo.pk, organo.clave, dicho.nombre, dicho.nombre_corto, organo.ficticio)
