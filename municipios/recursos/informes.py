"""Los informes trimestrales de los secretariados municipales, mes por mes."""

from municipios import models as m
from municipios.estados import EstadoInforme
from stl_portal.traspaso.recurso import ORDINAL, Recurso


class Informes(Recurso):
    """El informe y en qué anexo quedó."""

    clave = "informes"
    nombre = "Informes trimestrales"
    descripcion = "Un informe trimestral de un secretariado municipal."
    modelo = m.InformeTrimestral
    llave = ("organo", "numero")
    editables = frozenset({EstadoInforme.BORRADOR})


class HistoriaDeInformes(Recurso):
    """Por qué estados pasó."""

    clave = "informes-historia"
    nombre = "Historia de los informes trimestrales"
    descripcion = "Un cambio de estado de un informe trimestral."
    modelo = m.CambioInforme
    llave = ("objeto", ORDINAL)


class Textos(Recurso):
    """Lo escrito en cada apartado."""

    clave = "informes-textos"
    nombre = "Apartados de los informes trimestrales"
    descripcion = "Un apartado de un mes de un informe."
    modelo = m.TextoDeInforme
    llave = ("informe", "mes", "apartado")


RECURSOS = (Informes, HistoriaDeInformes, Textos)
