"""El nombre de un órgano en una fecha, dentro de las plantillas."""

import datetime as dt

from django import template
from django.utils import timezone

from sesiones.models import Organo

register = template.Library()


@register.filter
def nombrado(organo: Organo, al: dt.date | None) -> str:
    """Nombre corto que el órgano tenía en la fecha `al`; sin fecha, el de hoy."""
    return organo.denominacion(al or timezone.localdate()).nombre_corto
