"""Lo que las páginas de datos abiertos escriben."""

from django import template

register = template.Library()


@register.filter
def cifra(cuantas: int) -> str:
    """«100 000»: los millares, separados como se acostumbra."""
    return f"{cuantas:,}".replace(",", "\u202f")
