"""Cómo se resume cada renglón de la revisión."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import Form

register = template.Library()
DICE = ("nombre", "titulo", "asunto", "folio", "concepto", "texto")
LARGO = 90
AGREGAR = "Agregar uno que falte"


@register.filter
def de_campo(propuesta: Mapping[str, Any], campo: str) -> Any:
    """Lo hallado de ese campo, o None."""
    return propuesta.get(campo)


@register.filter
def resumida(fila: Form) -> str:
    """«4.1 Aprobación del acta…»: lo que distingue al renglón de los demás."""
    dicho = next((str(fila[c].value() or "") for c in DICE if c in fila.fields and fila[c].value()), "")
    if not dicho:
        return AGREGAR
    numero = str(fila["ruta"].value() or "") + " " if "ruta" in fila.fields else ""
    return numero + (dicho if len(dicho) <= LARGO else f"{dicho[:LARGO]}…")


@register.filter
def por_resolver(fila: Form) -> bool:
    """Si tiene un error o falta decir quién es la persona o qué asiento ocupa; lo que se quita, no."""
    if fila["DELETE"].value():
        return False
    if fila.is_bound and fila.errors:
        return True
    if "persona" not in fila.fields or not fila["nombre"].value():
        return False
    con_asiento = fila["lugar"].value() not in ("invitada", "ponente")
    return not fila["persona"].value() or (con_asiento and not fila["asiento"].value())
