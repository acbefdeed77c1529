"""Cómo se nombra un órgano en una fecha y el estado de un acuerdo, dentro de las plantillas."""

import datetime as dt

from django import template
from django.utils import timezone

from sesiones.estados import EstadoAcuerdo
from sesiones.models import Organo
from stl_portal.espanol import con_articulo

register = template.Library()
register.filter("con_articulo", con_articulo)


@register.filter
def nombrado(organo: Organo, al: dt.date | None) -> str:
    """Nombre corto que el órgano tenía en la fecha `al`; sin fecha, el de hoy."""
    return organo.denominacion(al or timezone.localdate()).nombre_corto


@register.filter
def nombrado_y_hoy(organo: Organo, al: dt.date) -> str:
    """El que tenía en la fecha y, si cambió, el de hoy: una página nombra a veces uno y a veces otro."""
    entonces, hoy = nombrado(organo, al), nombrado(organo, None)
    return entonces if entonces == hoy else f"{entonces} (hoy {hoy})"


@register.filter
def y_hoy(organo: Organo, dicho: str) -> str:
    """« (hoy …)», si lo dicho es un nombre que el órgano tuvo y ya no: así se sabe que es el mismo."""
    hoy = organo.denominacion(timezone.localdate()).nombre
    return "" if hoy == dicho else f" (hoy {hoy})"


@register.filter
def estado_dicho(estado: str) -> str:
    """El estado de un acuerdo en palabras: «En proceso»."""
    return str(EstadoAcuerdo(estado).label)
