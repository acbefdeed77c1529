"""Desde cuándo existe un secretariado municipal: de lo anterior no se le pide ni se le ofrece informe."""

import datetime as dt
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from sesiones.estados import EstadoSesion, TipoSesion
from sesiones.models import Denominacion, Organo, Regla, Rol, Sesion

NO_CUENTAN = (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA)


def existen_desde(organos: Collection[int]) -> dict[int, dt.date | None]:
    """El día de la primera sesión de instalación de cada uno; en una consulta.

    Sin esa sesión, el primer día de sus reglas o, si no lo dicen, de su nombre. Si nada de eso tiene fecha
    (así nace el que se funda), lo primero que de él consta: su primera sesión o el día de su primer rol, que
    es cuando se fundó en el portal. None si nada lo dice.
    """
    sesiones = Sesion.objects.filter(organo=OuterRef("pk")).exclude(estado__in=NO_CUENTAN).order_by("fecha")
    instalado = sesiones.filter(tipo=TipoSesion.INSTALACION).values("fecha")[:1]
    con_dia = {"organo": OuterRef("pk"), "vigente_desde__isnull": False}
    del_dia = [
        clase.objects.filter(**con_dia).order_by("vigente_desde").values("vigente_desde")[:1]
        for clase in (Regla, Denominacion, Rol)
    ]
    filas = Organo.objects.filter(pk__in=organos).annotate(
        instalado=Subquery(instalado),
        regido=Subquery(del_dia[0]),
        nombrado=Subquery(del_dia[1]),
        fundado=Subquery(del_dia[2]),
        sesiono=Subquery(sesiones.values("fecha")[:1]),
    )
    dias = filas.order_by().values_list("pk", "instalado", "regido", "nombrado", "fundado", "sesiono")
    return {pk: uno or regido or nombrado or _primero(*otros) for pk, uno, regido, nombrado, *otros in dias}


def _primero(*dias: dt.date | None) -> dt.date | None:
    return min((dia for dia in dias if dia), default=None)
