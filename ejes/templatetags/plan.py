"""Cómo se escriben las cifras del plan."""

from decimal import Decimal

from django import template

from ejes.avance import legible

register = template.Library()


@register.filter
def porciento(valor: Decimal | None) -> str:
    """«36.25 %», «30 %»; «sin cifra» si no la hay."""
    return "sin cifra" if valor is None else f"{legible(valor)} %"


@register.filter
def numero(valor: Decimal | None) -> str:
    """«36.25»; vacío si no hay cifra: así lo espera `componentes/barra.html`."""
    return "" if valor is None else legible(valor)
