"""Los formatos de transparencia en los registros: aquí se capturan y se corrigen."""

from typing import Any

from django import forms

from stl_portal.datos.registro import CONJUNTOS
from stl_portal.gestion.captura import Captura, FormaDeCaptura
from stl_portal.gestion.sitio import apuntar

from .models import Formato


class FormaFormato(FormaDeCaptura):
    """El conjunto se elige de la lista de los que hay."""

    conjunto = forms.ChoiceField(label="Conjunto de datos")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Los conjuntos se apuntan al arrancar: se leen al abrir la forma."""
        super().__init__(*args, **kwargs)
        if "conjunto" in self.fields:
            opciones = [(c.clave, c.titulo) for c in CONJUNTOS.values()]
            self.fields["conjunto"].choices = opciones  # type: ignore[attr-defined]


@apuntar(Formato)
class Formatos(Captura):
    """Qué encabezado lleva cada columna y de dónde sale."""

    form = FormaFormato
    list_display = ("nombre", "conjunto", "vigente_desde", "vigente_hasta")
    list_filter = ("conjunto", "vigente_hasta")
    search_fields = ("nombre", "fundamento", "columnas")
    ordering = ("nombre", "pk")
    al_nacer = ("clave",)
    campos = (
        *("nombre", "fundamento", "conjunto", "fecha", "columnas"),
        *("fechas", "vigente_desde", "vigente_hasta"),
    )
