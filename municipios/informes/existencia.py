"""Desde cuándo existe un secretariado municipal: de lo anterior no se le pide ni se le ofrece informe."""

import datetime as dt
from collections.abc import Collection

from django.db.models import OuterRef, Subquery

from sesiones.estados import EstadoSesion, TipoSesion
from sesiones.models import Denominacion, Organo, Regla, Sesion

NO_CUENTAN = (EstadoSesion.CANCELADA, EstadoSesion.NO_CELEBRADA)


def existen_desde(organos: Collection[int]) -> dict[int, dt.date | None]:
    """El día de la primera sesión de instalación de cada uno; en una consulta.

    Sin esa sesión, el primer día de sus reglas o, si no lo dicen, de su nombre; None si nada lo dice.
    """
    instalaciones = Sesion.objects.filter(organo=OuterRef("pk"), tipo=TipoSesion.INSTALACION)
    instalado = instalaciones.exclude(estado__in=NO_CUENTAN).order_by("fecha").values("fecha")[:1]
    con_dia = {"organo": OuterRef("pk"), "vigente_desde__isnull": False}
    del_dia = [
        clase.objects.filter(**con_dia).order_by("vigente_desde").values("vigente_desde")[:1]
        for clase in (Regla, Denominacion)
    ]
    filas = Organo.objects.filter(pk__in=organos).annotate(
        instalado=Subquery(instalado), regido=Subquery(del_dia[0]), nombrado=Subquery(del_dia[1])
    )
    dias = filas.order_by().values_list("pk", "instalado", "regido", "nombrado")
    return {pk: instalado or regido or nombrado for pk, instalado, regido, nombrado in dias}
