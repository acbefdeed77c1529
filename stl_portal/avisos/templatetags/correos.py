"""Lo que las plantillas de correo necesitan y Django no trae."""

from django import template

register = template.Library()


@register.filter
def citado(texto: str) -> str:
    """Cada renglón detrás de «> »: se ve que lo dice otra persona y no el portal."""
    return "\n".join(f"> {renglon}".rstrip() for renglon in str(texto).splitlines())
