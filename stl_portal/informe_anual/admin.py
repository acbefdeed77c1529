"""Los informes anuales en los registros: se consultan; se arman y se publican en su página."""

from typing import Any

from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

from .models import CambioInformeAnual, InformeAnual, InformePublicado, TextoDeApartado

EN_SU_PAGINA = "Se arma, se publica y se corrige en la página del informe."


@apuntar(InformeAnual)
class InformesAnuales(Consulta):
    """Los informes, en preparación y publicados."""

    nota = EN_SU_PAGINA
    list_display = ("__str__", "clave_del_organo", "desde", "hasta", "estado", "corrige")
    list_filter = (PorOrgano, "estado", "hasta")
    search_fields = ("clave", "que_corrige")
    ordering = ("-hasta", "-pk")

    def donde(self, obj: Any) -> str:
        """Donde se arma."""
        return str(obj.url_de_trabajo)


@apuntar(CambioInformeAnual)
class HistoriaDeInformes(Historia):
    """Cada paso de un informe."""


@apuntar(TextoDeApartado)
class Textos(Consulta):
    """Lo que se escribió en cada apartado."""

    nota = EN_SU_PAGINA
    list_display = ("apartado", "informe", "va", "editado_por", "editado_el")
    list_filter = (por_organo("informe__organo"), "va")
    search_fields = ("texto", "informe__clave")


@apuntar(InformePublicado)
class InformesPublicados(Consulta):
    """Lo que de un informe lee cualquiera."""

    list_display = ("informe", "publicado_el", "publicado_por", "pdf")
    list_filter = ("publicado_el",)
    search_fields = ("huella", "informe__clave")
