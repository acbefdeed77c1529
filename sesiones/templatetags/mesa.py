"""Lo que las formas de la mesa llevan además de sus campos."""

from uuid import uuid4

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def una_vez() -> SafeString:
    """Ficha de un solo uso para una forma que crea algo: `{% una_vez %}` junto a `{% csrf_token %}`."""
    return format_html('<input type="hidden" name="envio" value="{}">', uuid4().hex)
