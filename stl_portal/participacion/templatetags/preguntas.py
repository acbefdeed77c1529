"""El bloque «Preguntas y respuestas» que va en la página de aquello de que se pregunta."""

from typing import Any

from django import template
from django.utils import timezone

from stl_portal.espanol import con_articulo
from stl_portal.paginacion import pagina_pedida
from stl_portal.participacion import registro
from stl_portal.participacion.lectura import leer
from stl_portal.participacion.models import Pregunta

register = template.Library()
register.filter("con_articulo", con_articulo)
POR_PAGINA = 10
PARAMETRO = "preguntas"  # el número de página del bloque, aparte del de la página que lo lleva


@register.inclusion_tag("participacion/_bloque.html", takes_context=True)
def preguntas(context: Any, clase: str, clave: str) -> dict[str, Any]:
    """`{% preguntas "compromiso" "2022-2024/1.2" %}`: lo publicado, por páginas, y la liga para preguntar.

    Hace un número fijo de consultas. De algo que no es público no muestra nada.
    Lanza lo mismo que `pagina_pedida`.
    """
    objeto = registro.buscar(clase, clave)
    if objeto is None:
        return {"objeto": None}
    filas = Pregunta.objects.visibles().filter(clase=clase, objeto=objeto.pk)
    con_todo = filas.lo_que_espera_primero().prefetch_related("respuestas")
    pagina = pagina_pedida(context["request"], con_todo, POR_PAGINA, PARAMETRO)
    return {
        "objeto": objeto,
        "clase": registro.OBJETOS[clase],
        "pagina": pagina,
        # Lo de qué trata y el órgano ya los dice la página que lleva el bloque.
        "leidas": leer(pagina, timezone.localdate(), objetos={}, organos={}),
    }
