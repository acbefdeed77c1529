"""Los respaldos y simulacros en los registros: solo se consultan."""

from django.contrib import admin
from django.template.defaultfilters import linebreaksbr

from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar

from .models import Corrida


@apuntar(Corrida)
class Corridas(Consulta):
    """Cuándo se hicieron, cómo salieron y su informe."""

    nota = "Los hacen «manage.py respaldar», «simulacro» y «restaurar»; aquí consta cómo salieron."
    list_display = ("clase", "bien", "termino_el", "dicho", "archivo", "tamano")
    list_filter = ("clase", "bien")
    search_fields = ("dicho", "archivo", "huella")
    ocultos = ("informe",)
    tambien = ("informe_por_renglones",)

    @admin.display(description="informe")
    def informe_por_renglones(self, corrida: Corrida) -> str:
        """Cada comprobación en su renglón."""
        return linebreaksbr(corrida.informe)
