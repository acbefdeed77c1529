"""Las votaciones y los votos."""

from sesiones import models as m
from sesiones.admin.desahogo import DE_SU_PUNTO
from sesiones.admin.sesiones import EN_LA_MESA
from stl_portal.gestion.consulta import Consulta
from stl_portal.gestion.sitio import apuntar


@apuntar(m.Votacion)
class Votaciones(Consulta):
    """Lo votado, con su padrón y su resultado."""

    nota = EN_LA_MESA
    con = ("punto__sesion", "acuerdo__sesion", "acuerdo__punto")
    list_display = ("asunto", "punto", "forma", "a_favor", "en_contra", "abstenciones", "aprobada")
    list_filter = (DE_SU_PUNTO, "forma", "aprobada", "unanime")
    search_fields = ("asunto", "punto__titulo", "frase")


@apuntar(m.Voto)
class Votos(Consulta):
    """El voto de cada asiento, en las nominales."""

    nota = EN_LA_MESA
    con = ("votacion__punto", "asiento__institucion", "asistencia__sesion")
    list_display = ("votacion", "asiento", "asistencia", "sentido")
    list_filter = ("sentido",)
    search_fields = ("votacion__asunto", "asiento__institucion__nombre")
