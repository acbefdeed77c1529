"""Los cortes del plan: la fotografía del avance a una fecha."""

from typing import Any

from django.urls import reverse

from ejes import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import por_organo
from stl_portal.gestion.sitio import apuntar

EN_EL_CORTE = "Se arma, se publica y se corrige en la página del corte."


@apuntar(m.Corte)
class Cortes(Consulta):
    """Los cortes, en preparación y publicados."""

    nota = EN_EL_CORTE
    con = ("plan__organo", "corrige__plan", "presentado_en__organo")
    list_display = ("nombre", "plan", "numero", "desde", "hasta", "estado", "corrige")
    list_filter = (por_organo("plan__organo"), "estado", "hasta")
    search_fields = ("nombre", "plan__clave")
    ordering = ("-hasta", "-pk")

    def donde(self, obj: Any) -> str:
        """Donde se arma."""
        return reverse("cortes:corte", args=(obj.plan.clave, obj.numero))


@apuntar(m.CambioCorte)
class HistoriaDeCortes(Historia):
    """Cada paso de un corte."""

    nombre, nombres = "paso de un corte", "pasos de los cortes"
    con = ("objeto__plan",)


@apuntar(m.Figura)
class Figuras(Consulta):
    """El avance de cada eje, compromiso o acción en un corte: lo declarado y lo verificado."""

    nota = EN_EL_CORTE
    con = (
        "corte__plan",
        "eje__plan",
        "compromiso__eje__plan",
        "accion__compromiso__eje__plan",
        "entrega__reporte",
    )
    list_display = ("__str__", "corte", "declarado", "textual", "verificado", "con_asterisco")
    list_filter = (por_organo("corte__plan__organo"), "con_asterisco")
    search_fields = ("textual", "nota", "explicacion", "responsable")


class DeUnaFigura(Consulta):
    """Algo de un avance."""

    nota = EN_EL_CORTE
    con = (
        "figura__corte",
        "figura__eje__plan",
        "figura__compromiso__eje__plan",
        "figura__accion__compromiso__eje__plan",
    )


@apuntar(m.EdicionFigura)
class Ediciones(DeUnaFigura):
    """Qué cifra se cambió a mano, quién y por qué."""

    list_display = ("figura", "que", "antes", "ahora", "motivo", "por", "cuando")
    list_filter = ("que", "cuando")
    search_fields = ("motivo",)


@apuntar(m.Liga)
class Ligas(DeUnaFigura):
    """Las ligas que acompañan a un avance."""

    list_display = ("titulo", "direccion", "figura")
    search_fields = ("titulo", "direccion")


@apuntar(m.CortePublicado)
class CortesPublicados(Consulta):
    """Lo que de un corte lee cualquiera."""

    con = ("corte__plan",)
    list_display = ("corte", "publicado_el", "publicado_por", "pdf")
    list_filter = ("publicado_el",)
    search_fields = ("huella", "corte__nombre")
