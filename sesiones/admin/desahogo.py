"""El orden del día y lo que pasó en cada punto."""

from sesiones import models as m
from sesiones.admin.sesiones import EN_LA_MESA, DeLaSesion
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.filtros import por_organo
from stl_portal.gestion.sitio import apuntar

DE_SU_PUNTO = por_organo("punto__sesion__organo")


@apuntar(m.Punto)
class Puntos(DeLaSesion):
    """El orden del día, con su desahogo y su resultado."""

    con = ("sesion__organo", "acta_de__organo")
    tambien = ("oficios",)
    list_display = ("titulo", "sesion", "orden", "tipo", "resultado", "en_sesion")
    list_filter = (por_organo("sesion__organo"), "resultado", "tipo", "en_sesion")
    search_fields = ("titulo", "desahogo", "sesion__designacion")


@apuntar(m.Intervencion)
class Intervenciones(Consulta):
    """Quién dijo qué, y en qué calidad."""

    nota = EN_LA_MESA
    con = ("punto__sesion", "asistencia__sesion")
    list_display = ("quien", "calidad", "literal", "punto", "orden")
    list_filter = (DE_SU_PUNTO, "calidad", "literal")
    search_fields = ("quien", "texto", "punto__titulo")


@apuntar(m.Plazo)
class Plazos(Consulta):
    """Los plazos, con sus palabras y su fecha."""

    nota = EN_LA_MESA
    con = ("punto__sesion", "acuerdo__sesion", "acuerdo__punto")
    list_display = ("concepto", "literal", "fecha", "fecha_original", "punto", "acuerdo")
    list_filter = (DE_SU_PUNTO, "fecha")
    search_fields = ("concepto", "literal", "punto__titulo")


@apuntar(m.Anexo)
class Anexos(DeLaSesion):
    """Lo que se agregó al acta o a un punto."""

    con = ("sesion__organo", "acuerdo__sesion", "acuerdo__punto")
    list_display = ("titulo", "sesion", "punto", "archivo", "orden")
    search_fields = ("titulo", "sesion__designacion")


@apuntar(m.AnexoPublicado)
class AnexosPublicados(Consulta):
    """Con qué archivo se publicó cada anexo."""

    con = ("anexo__sesion",)
    list_display = ("anexo", "archivo", "publicado_el", "publicado_por", "motivo")
    list_filter = ("publicado_el",)
    search_fields = ("anexo__titulo", "motivo")


@apuntar(m.Acuerdo)
class Acuerdos(DeLaSesion):
    """Lo que se acordó, quién responde y en qué va."""

    nota = "El texto se captura en la mesa; en qué va se anota en el seguimiento de acuerdos del órgano."
    con = ("sesion__organo", "punto__sesion", "responsable_asiento__institucion")
    list_display = ("__str__", "sesion", "estado", "responsable", "responsable_asiento")
    list_filter = (por_organo("sesion__organo"), "estado")
    search_fields = ("texto", "responsable", "sesion__designacion")


@apuntar(m.Seguimiento)
class Seguimientos(Consulta):
    """Lo que se ha anotado de cada acuerdo."""

    nota = "Se anota en el seguimiento de acuerdos del órgano; lo anotado no se corrige, se anota de nuevo."
    con = ("acuerdo__sesion", "acuerdo__punto")
    list_display = ("acuerdo", "estado", "fecha", "sesion", "por")
    list_filter = ("estado", "fecha")
    search_fields = ("nota", "acuerdo__texto")
