"""Ligas para exportar lo que se filtra, en las listas y en la página de importar y exportar."""

from typing import Any

from django import template

from stl_portal.traspaso import filtrado

register = template.Library()
register.filter("lista_en_registros", filtrado.lista_de)


@register.inclusion_tag("traspaso/_exportar_lista.html", takes_context=True)
def exportar_lista(context: template.Context, cl: Any) -> dict[str, Any]:
    """Descargar lo que enseña una lista de los registros, con sus filtros."""
    con_filtro = bool(cl.has_active_filters or cl.query)
    return {"ligas": filtrado.ligas(cl.model, context["request"].GET), "con_filtro": con_filtro}
