"""Los 46 municipios, las etapas que se siguen y lo que de cada una se ha anotado."""

from municipios import models as m
from stl_portal.traspaso.recurso import ORDINAL, Recurso

SOLO_SE_AGREGAN = "Lo anotado no se edita: lo nuevo se anota encima y la historia queda."
DE_ANULAR = frozenset({"anulada_el", "anulada_por_id"})


class Municipios(Recurso):
    """Con su clave del INEGI."""

    clave = "municipios"
    nombre = "Municipios"
    descripcion = "Un municipio, con su clave del INEGI, su cabecera y sus coordenadas."
    modelo = m.Municipio
    numerada = True
    llave = ("clave",)


class Etapas(Recurso):
    """Lo que se sigue en cada municipio."""

    clave = "etapas"
    nombre = "Etapas"
    descripcion = "Una etapa que un secretariado estatal sigue en cada municipio."
    modelo = m.Etapa
    llave = ("organo", "clave")


class Situaciones(Recurso):
    """En qué puede estar una etapa."""

    clave = "etapas-situaciones"
    nombre = "Situaciones de las etapas"
    descripcion = "Un estado posible de una etapa, con las palabras de esa etapa."
    modelo = m.Situacion
    llave = ("etapa", "clave")


class Anotaciones(Recurso):
    """Lo que se fue sabiendo; nada de ello se cambia."""

    clave = "anotaciones"
    nombre = "Anotaciones del avance"
    descripcion = "Lo que se supo de una etapa en un municipio. Solo se agregan: «n» es su lugar."
    modelo = m.Anotacion
    llave = ("municipio", "etapa", ORDINAL)
    fijas = {
        campo.name: SOLO_SE_AGREGAN
        for campo in m.Anotacion._meta.concrete_fields
        if not campo.primary_key and campo.name not in ("municipio", "etapa")
    }


RECURSOS = (Municipios, Etapas, Situaciones, Anotaciones)
