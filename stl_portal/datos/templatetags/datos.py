"""Lo que las páginas de datos abiertos escriben."""

import json
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Dentro de un bloque de datos solo hace falta que nada pueda cerrarlo.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


@register.filter
def json_ld(datos: Any) -> SafeString:
    """El bloque de datos para buscadores: no es un programa y la política de contenido lo admite."""
    escrito = json.dumps(datos, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{escrito}</script>')


@register.filter
def cifra(cuantas: int) -> str:
    """«100 000»: los millares, separados como se acostumbra."""
    return f"{cuantas:,}".replace(",", "\u202f")
