"""Lo que consta de un órgano por sus actas publicadas y cumple algo por sí solo: que se instaló."""

import datetime as dt
from collections.abc import Collection, Iterator

from sesiones import novedades, publica
from sesiones.estados import TipoSesion
from sesiones.models import Sesion
from stl_portal.espanol import fecha_larga
from stl_portal.publico.registro import INSTALACION, Hecho


def instalados(organos: Collection[int], al: dt.date) -> Iterator[Hecho]:
    """Las sesiones de instalación de esos órganos, hasta esa fecha, cuya acta puede leer cualquiera."""
    filas = Sesion.objects.filter(organo__in=organos, tipo=TipoSesion.INSTALACION, fecha__lte=al)
    con_acta = novedades.con_acta(filas).filter(con_acta=True).select_related("organo").order_by("fecha")
    for sesion in publica.sesiones_sin_datos(con_acta):
        dicho = f"Se publicó el acta de su {sesion.designacion}, del {fecha_larga(sesion.fecha)}."
        yield Hecho(sesion.organo_id, INSTALACION, sesion.fecha, dicho, novedades.url_del_acta(sesion))
