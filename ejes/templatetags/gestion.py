"""Direcciones de los registros del plan, para las páginas donde se administra."""

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse

from sesiones.models import Organo

register = template.Library()
CLAVES = {"eje": "ejes", "compromiso": "compromisos", "accion": "acciones", "hito": "hitos"}
PADRES = {"compromisos": "eje", "acciones": "compromiso", "hitos": "compromiso"}


@register.filter
def corregir(fila: Model, organo: Organo) -> str:
    """Dirección para corregir un eje, un compromiso, una acción o un hito."""
    clave = CLAVES[str(fila._meta.model_name)]
    return reverse("registros:editar", args=(organo.clave, clave, fila.pk))


@register.simple_tag
def nuevo(clave: str, organo: Organo, padre: Any) -> str:
    """Dirección para agregar una fila que cuelga de `padre`."""
    return f"{reverse('registros:nuevo', args=(organo.clave, clave))}?{PADRES[clave]}={padre.pk}"
