"""La agenda de eventos en los registros de la administración."""

from typing import Any, ClassVar

from sesiones.eventos import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

EN_LA_AGENDA = "Se captura, se publica y se cancela en la agenda del órgano."
DEL_EVENTO = por_organo("evento__organo")


@apuntar(m.Evento)
class Eventos(Consulta):
    """Paneles, cursos, foros y talleres."""

    nota = EN_LA_AGENDA
    list_display = ("titulo", "tipo", "organo", "dia", "modalidad", "estado")
    list_filter = (PorOrgano, "estado", "tipo", "dia")
    search_fields = ("titulo", "clave", "lugar", "organiza")
    ordering = ("-dia", "-pk")


@apuntar(m.CambioEvento)
class HistoriaDeEventos(Historia):
    """Cada paso de un evento."""

    nombre, nombres = "paso de un evento", "pasos de los eventos"


class DelEvento(Consulta):
    """Algo de un evento."""

    nota = EN_LA_AGENDA
    list_filter: ClassVar[tuple[Any, ...]] = (DEL_EVENTO,)


@apuntar(m.RelacionConPlan)
class Relaciones(DelEvento):
    """Con qué eje o compromiso se relaciona cada evento."""

    list_display = ("clave", "evento")
    search_fields = ("clave", "evento__titulo")


@apuntar(m.Ponente)
class Ponentes(DelEvento):
    """Quiénes participan."""

    list_display = ("nombre", "papel", "cargo", "institucion", "tema", "evento")
    list_filter = (DEL_EVENTO, "papel")
    search_fields = ("nombre", "institucion", "tema", "evento__titulo")


@apuntar(m.Material)
class Materiales(DelEvento):
    """Lo que se usó o se repartió."""

    list_display = ("titulo", "evento", "archivo", "direccion", "participantes")
    search_fields = ("titulo", "evento__titulo")


@apuntar(m.CifraDeRed)
class Cifras(Consulta):
    """Las cifras de las redes sociales, tal como se leyeron y en número."""

    nota = "Se captura y se confirma en los registros del órgano."
    list_display = ("__str__", "organo", "cuenta", "literal", "valor", "confirmado_por")
    list_filter = (PorOrgano, "red", "medida", "hasta")
    search_fields = ("cuenta", "literal", "fuente")
    ordering = ("-hasta", "-pk")
