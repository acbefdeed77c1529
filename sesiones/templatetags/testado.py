"""Lo testado de un acta, a la vista."""

from typing import Any

from django import template

from sesiones import testar

register = template.Library()


@register.simple_block_tag
def testado(content: Any) -> str:
    """Lo de dentro con cada `[testado N]` de su texto como recuadro negro."""
    return testar.pintar(content)
