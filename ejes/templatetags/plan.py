"""Cómo se escriben las cifras del plan."""

from decimal import Decimal

from django import template
from django.urls import reverse

from ejes.avance import legible
from ejes.cuadro import Renglon

register = template.Library()


@register.filter
def porciento(valor: Decimal | None) -> str:
    """«36.25 %», «30 %»; «sin cifra» si no la hay."""
    return "sin cifra" if valor is None else f"{legible(valor)} %"


@register.filter
def numero(valor: Decimal | None) -> str:
    """«36.25»; vacío si no hay cifra: así lo espera `componentes/barra.html`."""
    return "" if valor is None else legible(valor)


@register.filter
def pagina(renglon: Renglon, plan: str) -> str:
    """Página pública del eje, el compromiso o la acción dentro de la de su compromiso."""
    numeros = renglon.codigo.split(".")
    match len(numeros):
        case 1:
            return reverse("ejes:eje", args=(plan, renglon.codigo)) if renglon.codigo else _del_plan(plan)
        case 2:
            return reverse("ejes:compromiso", args=(plan, *numeros))
    return f"{reverse('ejes:compromiso', args=(plan, *numeros[:2]))}#accion-{numeros[2]}"


def _del_plan(plan: str) -> str:
    return reverse("ejes:plan", args=(plan,))
