"""El nombre de un órgano en una fecha, dentro de las plantillas."""

import datetime as dt

from django import template

from sesiones.models import Organo

register = template.Library()


@register.filter
def nombrado(organo: Organo, al: dt.date) -> str:
    """Nombre corto que el órgano tenía en la fecha `al`."""
    return organo.denominacion(al).nombre_corto
