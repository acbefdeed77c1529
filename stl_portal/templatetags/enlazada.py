"""Lo que `base.html` necesita para que cada página se describa a sí misma."""

from typing import Any

from django import template
from django.template.base import Node, NodeList, Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from stl_portal.avisos.envio import liga
from stl_portal.publico import enlazada as datos

register = template.Library()
TARJETA = "img/tarjeta.png"
ANCHO, ALTO = 1200, 630  # píxeles de la tarjeta, la proporción que todos admiten


class Recoger(Node):
    """Guarda en una variable lo que hay dentro, para usarlo más de una vez."""

    def __init__(self, nombre: str, dentro: NodeList) -> None:
        """`nombre` es el de la variable."""
        self.nombre, self.nodelist = nombre, dentro

    def render(self, context: Context) -> SafeString:
        """No pinta nada: deja lo de dentro, en un solo renglón, en el contexto."""
        hecho = self.nodelist.render(context)
        context[self.nombre] = mark_safe(" ".join(hecho.split()))  # noqa: S308 -- lo escapó su plantilla
        return SafeString("")


@register.tag
def recoger(parser: Parser, token: Token) -> Recoger:
    """`{% recoger titulo %}{% block titulo %}…{% endblock %}{% endrecoger %}`: se usa dos veces."""
    _, nombre = token.split_contents()
    dentro = parser.parse(("endrecoger",))
    parser.delete_first_token()
    return Recoger(nombre, dentro)


@register.simple_tag(takes_context=True)
def enlazada(context: Any) -> SafeString:
    """La dirección definitiva, la tarjeta para compartir y los hechos; toma lo que `recoger` dejó."""
    request = context.get("request")
    if request is None:
        return SafeString("")
    url = datos.canonica(request, context)
    dichos = datos.hechos(context, url, context.get("camino", ""))
    partes = [
        format_html('<link rel="canonical" href="{}">', url),
        format_html_join("\n    ", '<meta property="og:{}" content="{}">', _tarjeta(context, url)),
        '<meta name="twitter:card" content="summary_large_image">',
        *([datos.bloque(dichos)] if dichos else []),
    ]
    return mark_safe("\n    ".join(partes))  # noqa: S308 -- cada parte ya está escapada


def _tarjeta(context: Any, url: str) -> list[tuple[str, Any]]:
    """Cómo se ve la liga cuando alguien la comparte."""
    sitio = datos.nombre_del_sitio(context)
    portada = context["request"].path == "/"
    return [
        ("title", sitio if portada else context.get("titulo_de_pagina", "")),
        ("description", context.get("descripcion_de_pagina", "")),
        ("type", "website" if portada else "article"),
        ("url", url),
        ("site_name", sitio),
        ("locale", "es_MX"),
        ("image", liga(static(TARJETA))),
        ("image:width", ANCHO),
        ("image:height", ALTO),
        ("image:alt", "Mesa abierta: el signo del portal, con el lema «Gobierno abierto, a la vista»"),
    ]
