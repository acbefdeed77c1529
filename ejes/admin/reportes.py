"""Los reportes bimestrales, lo que se entregó, lo que se revisó y sus evidencias."""

from typing import Any, ClassVar

from django.urls import reverse

from ejes import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import por_organo
from stl_portal.gestion.sitio import apuntar

EN_SU_REPORTE = "Lo escribe la institución en su reporte; aquí se consulta."
EN_LA_REVISION = "Se decide en la página de revisión, con la evidencia al lado."
DEL_ASIENTO = por_organo("asiento__organo")


@apuntar(m.Reporte)
class Reportes(Consulta):
    """Lo que cada institución reporta de su eje en un bimestre."""

    nota = EN_LA_REVISION
    con = ("bimestre__plan", "eje__plan", "asiento__institucion")
    list_display = ("bimestre", "eje", "asiento", "estado", "tardio", "limite")
    list_filter = (DEL_ASIENTO, "estado", "tardio")
    search_fields = ("asiento__institucion__nombre", "eje__nombre", "bimestre__nombre")
    ordering = ("-bimestre__entrega", "-pk")

    def donde(self, obj: Any) -> str:
        """Donde se revisa."""
        return reverse("revision:reporte", args=(obj.pk,))


class DelReporte(Consulta):
    """Algo de un reporte."""

    nota = EN_SU_REPORTE
    con: ClassVar[tuple[str, ...]] = (
        "reporte__bimestre__plan",
        "reporte__eje__plan",
        "reporte__asiento__institucion",
    )
    list_filter: ClassVar[tuple[Any, ...]] = (por_organo("reporte__asiento__organo"),)


@apuntar(m.CambioReporte)
class HistoriaDeReportes(Historia):
    """Cada paso de un reporte."""

    nombre, nombres = "paso de un reporte", "pasos de los reportes"
    con = ("objeto__bimestre__plan", "objeto__eje__plan")


@apuntar(m.Respuesta)
class Respuestas(DelReporte):
    """Lo que se contestó en cada renglón."""

    con = (*DelReporte.con, "renglon__formato")
    list_display = ("reporte", "renglon", "texto", "valor", "no_aplica", "editado_por")
    search_fields = ("texto", "motivo", "renglon__indicador")


@apuntar(m.AvanceReportado)
class Avances(DelReporte):
    """Lo que se declaró de cada acción."""

    con = (*DelReporte.con, "accion__compromiso__eje__plan")
    list_display = ("reporte", "accion", "declarado", "textual", "editado_por")
    search_fields = ("textual", "nota", "accion__texto")


@apuntar(m.Entrega)
class Entregas(DelReporte):
    """Cada vez que se envió un reporte, con su huella."""

    list_display = ("__str__", "reporte", "enviada_el", "enviada_por", "firma")
    list_filter = (por_organo("reporte__asiento__organo"), "enviada_el")
    search_fields = ("huella", "firma")


@apuntar(m.Dictamen)
class Dictamenes(Consulta):
    """Lo que la revisión dijo de cada renglón o acción."""

    nota = EN_LA_REVISION
    con = ("entrega__reporte__bimestre", "renglon__formato", "accion__compromiso__eje__plan")
    list_display = ("entrega", "renglon", "accion", "veredicto", "verificado", "por", "cuando")
    list_filter = ("veredicto", "cuando")
    search_fields = ("nota", "accion__texto")


@apuntar(m.ReportePublicado)
class ReportesPublicados(DelReporte):
    """Lo que de un reporte lee cualquiera."""

    con = (*DelReporte.con, "entrega__reporte")
    list_display = ("reporte", "publicado_el", "publicado_por", "pdf")
    list_filter = ("publicado_el",)
    search_fields = ("huella",)


@apuntar(m.Evidencia)
class Evidencias(Consulta):
    """Los archivos y ligas que respaldan un avance."""

    nota = "Nunca se reemplaza: se sube otra que la sustituye, en el reporte."
    con = ("plan__organo", "asiento__institucion")
    list_display = ("titulo", "asiento", "plan", "archivo", "liga", "subida_por", "subida_el")
    list_filter = (DEL_ASIENTO, "subida_el")
    search_fields = ("titulo", "descripcion", "liga", "asiento__institucion__nombre")
    ordering = ("-pk",)


@apuntar(m.UsoDeEvidencia)
class Usos(DelReporte):
    """En qué renglón o acción se usa cada evidencia."""

    con = (*DelReporte.con, "evidencia__plan", "renglon__formato", "accion__compromiso__eje__plan")
    list_display = ("evidencia", "reporte", "renglon", "accion")
    search_fields = ("evidencia__titulo",)


@apuntar(m.DictamenEvidencia)
class DictamenesDeEvidencia(Consulta):
    """Lo que la revisión dijo de cada evidencia."""

    nota = EN_LA_REVISION
    con = ("evidencia__plan",)
    list_display = ("evidencia", "revision", "por", "cuando")
    list_filter = ("revision", "cuando")
    search_fields = ("evidencia__titulo", "motivo")


@apuntar(m.EvidenciaPublicada)
class EvidenciasPublicadas(Consulta):
    """Las evidencias que cualquiera abre."""

    con = ("evidencia__plan",)
    list_display = ("evidencia", "publicada_el", "huella")
    list_filter = ("publicada_el",)
    search_fields = ("evidencia__titulo", "huella")
