"""Las actas históricas en los registros de la administración."""

from sesiones.historicas import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano
from stl_portal.gestion.sitio import apuntar


@apuntar(m.ActaPorTranscribir)
class ActasPorTranscribir(Consulta):
    """Las actas viejas recibidas; su texto y lo propuesto se leen en su página."""

    nota = "Se reciben, se corrigen y se confirman en la página de actas históricas."
    ocultos = ("texto", "propuesta", "correcciones")
    list_display = ("nombre", "organo", "estado", "sesion", "subida_el")
    list_filter = (PorOrgano, "estado")
    search_fields = ("nombre",)
    ordering = ("-subida_el", "-pk")


@apuntar(m.CambioActaPorTranscribir)
class HistoriaDeActasPorTranscribir(Historia):
    """Cada paso de una transcripción."""

    nombre, nombres = "paso de una transcripción", "pasos de las transcripciones"


@apuntar(m.AliasInstitucion)
class AliasDeInstituciones(Consulta):
    """Otras formas en que los documentos escribieron el nombre de una institución."""

    nota = "Se anotan al confirmar un acta histórica."
    list_display = ("texto", "institucion", "fuente")
    search_fields = ("texto", "institucion__nombre")
