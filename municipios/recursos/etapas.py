"""Los 46 municipios, las etapas que se siguen y lo que de cada una se ha anotado."""

from collections.abc import Iterable, Mapping
from typing import Any

from municipios import models as m
from municipios.forms.etapas import YA_SE_USA, situacion_usada
from stl_portal.traspaso.recurso import ORDINAL, Recurso

SOLO_SE_AGREGAN = "Lo anotado no se edita: lo nuevo se anota encima y la historia queda."


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

    def objetar(self, antes: Mapping[str, Any] | None, ahora: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
        """Lo que significa una situación ya usada no cambia: cambiaría lo que se publicó."""
        yield from super().objetar(antes, ahora)
        if antes and antes["avance"] != ahora["avance"]:
            suya = m.Situacion.objects.select_related("etapa").get(
                etapa=ahora["etapa_id"], clave=ahora["clave"]
            )
            if situacion_usada(suya):
                yield "avance", YA_SE_USA


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
