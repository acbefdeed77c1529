"""Los informes trimestrales de los secretariados municipales, mes por mes."""

from django.db.models import Q

from municipios import models as m
from municipios.estados import EstadoInforme
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class DelInforme(Colgado):
    """Lo que cuelga de un informe: mientras se escribe o, si ya se entregó, solo con él."""

    raiz = m.InformeTrimestral
    camino = "informe"

    @classmethod
    def abiertas(cls) -> Q:
        """Los que se escriben."""
        return Q(estado=EstadoInforme.BORRADOR)


class Informes(Recurso):
    """El informe y en qué anexo quedó."""

    clave = "informes"
    nombre = "Informes trimestrales"
    descripcion = "Un informe trimestral de un secretariado municipal."
    modelo = m.InformeTrimestral
    llave = ("organo", "numero")
    editables = frozenset({EstadoInforme.BORRADOR})


class HistoriaDeInformes(DelInforme):
    """Por qué estados pasó."""

    clave = "informes-historia"
    nombre = "Historia de los informes trimestrales"
    descripcion = "Un cambio de estado de un informe trimestral."
    modelo = m.CambioInforme
    llave = ("objeto", ORDINAL)
    camino = "objeto"
    solo_con_ella = True


class Textos(DelInforme):
    """Lo escrito en cada apartado."""

    clave = "informes-textos"
    nombre = "Apartados de los informes trimestrales"
    descripcion = "Un apartado de un mes de un informe."
    modelo = m.TextoDeInforme
    llave = ("informe", "mes", "apartado")


RECURSOS = (Informes, HistoriaDeInformes, Textos)
