"""Hasta qué fecha consta algo de la integración de un órgano."""

import datetime as dt

from django.db.models import Max, Q

from sesiones.models import Asiento, Nombramiento, Organo, Sesion, Suplencia


def conocida_hasta(organo: Organo, hoy: dt.date) -> dt.date | None:
    """La última fecha de la que consta algo de sus integrantes, sin pasar de hoy; None si de ninguna.

    Consta una sesión concluida y todo inicio o fin de un asiento, un nombramiento o una suplencia.
    De después no se sabe: que nadie haya anotado un cambio no prueba que no lo hubo.
    """
    ocupan = (
        Asiento.objects.filter(organo=organo),
        Nombramiento.objects.filter(asiento__organo=organo),
        Suplencia.objects.filter(asiento__organo=organo),
    )
    fechas = [Sesion.objects.del_organo(organo).celebradas().aggregate(f=Max("fecha"))["f"]]
    for filas in ocupan:
        extremos = {c: Max(c, filter=Q(**{f"{c}__lte": hoy})) for c in ("vigente_desde", "vigente_hasta")}
        fechas += filas.order_by().aggregate(**extremos).values()
    return max((fecha for fecha in fechas if fecha), default=None)
