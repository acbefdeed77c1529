"""Los cortes municipales: qué dicen, de qué solo se sabe el total y lo que se publicó, byte por byte."""

from typing import Any

from django.db.models import Q

from municipios import models as m
from municipios.cortes import publicar
from municipios.estados import EstadoCorte
from stl_portal.traspaso.colgado import Colgado
from stl_portal.traspaso.recurso import ORDINAL, Recurso
from stl_portal.traspaso.sellado import SIN_CADENA, ConDocumento, asentar


class DelCorte(Colgado):
    """Lo que cuelga de un corte: mientras se prepara o, si ya se publicó, solo con él."""

    raiz = m.CorteMunicipal
    camino = "corte"

    @classmethod
    def abiertas(cls) -> Q:
        """Los que se preparan."""
        return Q(estado=EstadoCorte.BORRADOR)


class Cortes(Recurso):
    """La fotografía de los municipios a una fecha."""

    clave = "cortes-municipales"
    nombre = "Cortes municipales"
    descripcion = "Un corte municipal de un secretariado."
    modelo = m.CorteMunicipal
    llave = ("organo", "numero")
    editables = frozenset({EstadoCorte.BORRADOR})


class HistoriaDeCortes(DelCorte):
    """Cuándo se publicó cada uno."""

    clave = "cortes-municipales-historia"
    nombre = "Historia de los cortes municipales"
    descripcion = "Un cambio de estado de un corte municipal."
    modelo = m.CambioCorteMunicipal
    llave = ("objeto", ORDINAL)
    camino = "objeto"
    solo_con_ella = True


class EtapasFuera(DelCorte):
    """De qué no dice nada un corte."""

    clave = "cortes-municipales-fuera"
    nombre = "Etapas fuera de los cortes municipales"
    descripcion = "Una etapa de la que un corte no dice nada."
    modelo = m.CorteMunicipal.fuera.through
    llave = ("cortemunicipal", "etapa")
    camino = "cortemunicipal"


class SoloTotales(DelCorte):
    """De qué solo se conoce el total."""

    clave = "cortes-municipales-solo-totales"
    nombre = "Etapas con solo su total"
    descripcion = "Una etapa de la que, en un corte, solo se conoce el total."
    modelo = m.EtapaSoloTotal
    llave = ("corte", "etapa")


class Totales(DelCorte):
    """Cuántos municipios hay en cada situación."""

    clave = "cortes-municipales-totales"
    nombre = "Totales de los cortes municipales"
    descripcion = "Cuántos municipios están en una situación, cuando solo se conoce el total."
    modelo = m.Total
    llave = ("corte", "situacion")


class CortesPublicados(ConDocumento, DelCorte):
    """El corte como se publicó."""

    clave = "cortes-municipales-publicados"
    nombre = "Cortes municipales publicados"
    descripcion = "Un corte municipal tal como se publicó: sus bytes y su huella."
    modelo = m.CorteMunicipalPublicado
    llave = ("corte",)
    solo_con_ella = True
    excluidas = SIN_CADENA

    def al_llegar(self, objeto: Any) -> None:
        """Consta en el registro de este portal."""
        consta, de_que = publicar.lo_que_consta(objeto), publicar.objeto_de(objeto)
        asentar(objeto, publicar.TIPO, consta, de_que)


RECURSOS = (Cortes, HistoriaDeCortes, EtapasFuera, SoloTotales, Totales, CortesPublicados)
