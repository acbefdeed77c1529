"""Los textos editables en las plantillas."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils import timezone

from stl_portal.gestion import permisos
from stl_portal.textos import lectura, muestra
from stl_portal.textos.registro import TEXTOS, Forma

register = template.Library()


@register.simple_tag
def texto(clave: str, ambito: str = "", **valores: Any) -> str:
    """`{% texto "portada.titulo" %}`; los datos van con su nombre: `{% texto "…" dias=10 %}`.

    Los de párrafos salen con sus etiquetas; los de un renglón y los que se mandan tal cual, como texto.
    """
    declarado, dice = TEXTOS[clave], lectura.sin_llenar(clave, ambito)
    if declarado.forma is Forma.LLANO:
        return lectura.de(clave, ambito, **valores)
    return muestra.en_html(declarado, dice, valores)


@register.inclusion_tag("componentes/ayuda.html", takes_context=True)
def ayuda(context: Context, clave: str) -> dict[str, Any]:
    """Ayuda en su lugar: `{% ayuda "quorum" %}` muestra el texto «ayuda.quorum», junto al título."""
    declarado = TEXTOS[f"ayuda.{clave}"]
    usuario = getattr(getattr(context, "request", None), "user", None)
    edita = usuario is not None and permisos.administra(usuario)
    return {
        "titulo": declarado.nombre,
        "texto": texto(declarado.clave),
        "mas": f"{reverse('ayuda')}{declarado.mas}" if declarado.mas else "",
        "editar": reverse("textos:texto", args=(declarado.clave,)) if edita else "",
    }


@register.inclusion_tag("componentes/anuncios.html", takes_context=True)
def anuncios(context: Context) -> dict[str, Any]:
    """Los anuncios de hoy para quien mira la página."""
    usuario = getattr(getattr(context, "request", None), "user", None)
    dentro = bool(usuario is not None and usuario.is_authenticated)
    return {"anuncios": lectura.anuncios(timezone.localdate(), dentro=dentro)}
