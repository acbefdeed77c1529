"""Cómo se escriben las cifras del plan."""

from decimal import Decimal

from django import template
from django.urls import reverse

from ejes.avance import legible
from ejes.cortes import explicar
from ejes.cortes.cuadro import Renglon
from ejes.datos_sellados import escribir_cifra

register = template.Library()
register.filter("por_que_varia", explicar.por_que_varia)
register.filter("sin_nada_en_medio", explicar.sin_nada_en_medio)
register.filter("redondeados", explicar.redondeados)


@register.filter
def porciento(valor: Decimal | None) -> str:
    """«36.25 %», «30 %»; «sin cifra» si no la hay."""
    return "sin cifra" if valor is None else f"{legible(valor)} %"


@register.filter
def numero(valor: Decimal | None) -> str:
    """«36.25»; vacío si no hay cifra: así lo espera `componentes/barra.html`."""
    return "" if valor is None else legible(valor)


@register.filter
def exacto(valor: Decimal | None) -> str:
    """La cifra que se respondió, con todos sus decimales: «1500», «0.0025»; vacío si no la hay."""
    return escribir_cifra(valor) or ""


@register.filter
def pagina(renglon: Renglon, plan: str) -> str:
    """Página pública del eje, del compromiso o de la acción."""
    numeros = renglon.codigo.split(".")
    match len(numeros):
        case 1:
            return reverse("ejes:eje", args=(plan, renglon.codigo)) if renglon.codigo else _del_plan(plan)
        case 2:
            return reverse("ejes:compromiso", args=(plan, *numeros))
    return reverse("ejes:accion", args=(plan, renglon.codigo))


def _del_plan(plan: str) -> str:
    return reverse("ejes:plan", args=(plan,))
