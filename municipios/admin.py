"""Los modelos municipales en los registros de la administración."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from municipios import en_espera
from municipios import models as m
from stl_portal.gestion.consulta import Consulta, Historia
from stl_portal.gestion.filtros import PorOrgano, por_organo
from stl_portal.gestion.sitio import apuntar

EN_LA_MATRIZ = "Se captura y se deshace en la matriz de avance, que guarda quién y cuándo."
EN_EL_CORTE = "Se prepara, se publica y se corrige en la página del corte municipal."
EN_SUS_REGISTROS = "Se captura en los registros del secretariado que los sigue."


class SinInformacion(admin.SimpleListFilter):
    """Los municipios de los que un seguimiento no sabe alguna etapa: la misma cuenta que el tablero."""

    title = "sin información en el seguimiento de"
    parameter_name = en_espera.SIN_INFORMACION

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Los secretariados que siguen a los municipios."""
        return [(organo.clave, en_espera.dicho(organo)) for organo in en_espera.seguimientos()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[m.Municipio]) -> QuerySet[m.Municipio]:
        """Los de ese seguimiento, hoy; con uno que no existe, ninguno."""
        if not self.value():
            return queryset
        organo = next((uno for uno in en_espera.seguimientos() if uno.clave == self.value()), None)
        claves = en_espera.sin_informacion(organo, timezone.localdate()) if organo else []
        return queryset.filter(clave__in=claves)


@apuntar(m.Municipio)
class Municipios(Consulta):
    """Los 46 municipios, con su clave del INEGI."""

    nota = "Vienen del catálogo del INEGI; los carga el portal."
    list_display = ("clave", "nombre", "cabecera")
    list_filter = (SinInformacion,)
    search_fields = ("clave", "nombre", "cabecera")
    ordering = ("clave",)


@apuntar(m.Etapa)
class Etapas(Consulta):
    """Lo que se sigue de cada municipio."""

    nota = EN_SUS_REGISTROS
    list_display = ("nombre", "organo", "orden", "hecho", "activa")
    list_filter = (PorOrgano, "activa")
    search_fields = ("nombre", "que_es")


@apuntar(m.Situacion)
class Situaciones(Consulta):
    """En qué puede ir una etapa."""

    nota = EN_SUS_REGISTROS
    con = ("etapa__organo",)
    list_display = ("nombre", "etapa", "avance", "orden")
    list_filter = ("avance",)
    search_fields = ("nombre", "etapa__nombre")


@apuntar(m.Anotacion)
class Anotaciones(Consulta):
    """Lo anotado de cada municipio y etapa, también lo que se anuló."""

    nota = EN_LA_MATRIZ
    con = ("etapa__organo",)
    list_display = ("municipio", "etapa", "situacion", "fecha", "por", "cuando", "anulada_el")
    list_filter = (por_organo("etapa__organo"), "fecha", "anulada_el")
    search_fields = ("municipio__nombre", "nota", "motivo")
    ordering = ("-pk",)

    def donde(self, obj: Any) -> str:
        """Su casilla de la matriz."""
        partes = (obj.etapa.organo.clave, obj.municipio_id, obj.etapa.clave)
        return reverse("gestion_municipios:casilla", args=partes)


@apuntar(m.CorteMunicipal)
class CortesMunicipales(Consulta):
    """Los cortes municipales, en preparación y publicados."""

    nota = EN_EL_CORTE
    con = ("punto__sesion", "corrige__organo")
    list_display = ("nombre", "organo", "numero", "fecha", "estado", "corrige")
    list_filter = (PorOrgano, "estado", "fecha")
    search_fields = ("nombre", "nota", "fuente")
    ordering = ("-fecha", "-pk")


@apuntar(m.CambioCorteMunicipal)
class HistoriaDeCortesMunicipales(Historia):
    """Cada paso de un corte municipal."""

    nombre, nombres = "paso de un corte municipal", "pasos de los cortes municipales"


@apuntar(m.EtapaSoloTotal)
class EtapasSoloTotal(Consulta):
    """De qué etapas solo se conoce el total en un corte."""

    nombre, nombres = "etapa de la que solo hay totales", "etapas de las que solo hay totales"
    nota = EN_EL_CORTE
    list_display = ("etapa", "corte")
    search_fields = ("etapa__nombre", "corte__nombre")


@apuntar(m.Total)
class Totales(Consulta):
    """Los totales de un corte cuando no hay desglose."""

    nota = EN_EL_CORTE
    con = ("situacion__etapa",)
    list_display = ("corte", "situacion", "cantidad")
    search_fields = ("corte__nombre", "situacion__nombre")


@apuntar(m.CorteMunicipalPublicado)
class CortesMunicipalesPublicados(Consulta):
    """Lo que de un corte municipal lee cualquiera."""

    list_display = ("corte", "publicado_el", "publicado_por")
    list_filter = ("publicado_el",)
    search_fields = ("huella", "corte__nombre")


@apuntar(m.Evento)
class Eventos(Consulta):
    """Capacitaciones, eventos y reuniones con los municipios."""

    nota = EN_SUS_REGISTROS
    tambien = ("municipios",)
    list_display = ("titulo", "clase", "organo", "desde", "hasta", "modalidad", "personas", "publico")
    list_filter = (PorOrgano, "clase", "publico", "desde")
    search_fields = ("titulo", "temas", "imparte")
    ordering = ("-desde", "-pk")


@apuntar(m.EventoRetirado)
class EventosRetirados(Consulta):
    """El hueco que deja en las agendas lo que ya no se muestra."""

    nota = "Lo escribe el portal y se borra solo cuando las agendas ya lo leyeron."
    list_display = ("evento", "organo", "desde", "hasta", "retirado_el")
    list_filter = (PorOrgano, "retirado_el")
    search_fields = ("evento", "organo__clave")


@apuntar(m.Material)
class Materiales(Consulta):
    """Lo que se usó en una capacitación."""

    nota = EN_SUS_REGISTROS
    list_display = ("titulo", "evento", "archivo", "direccion")
    search_fields = ("titulo", "evento__titulo")


@apuntar(m.InformeTrimestral)
class Informes(Consulta):
    """Los informes trimestrales de cada secretariado municipal."""

    nota = "Se escribe, se entrega y se presenta en su página."
    con = ("anexo__sesion",)
    list_display = ("__str__", "organo", "anio", "trimestre", "estado")
    list_filter = (PorOrgano, "estado", "anio")
    search_fields = ("organo__clave", "organo__denominaciones__nombre")
    ordering = ("-anio", "-trimestre", "-pk")


@apuntar(m.CambioInforme)
class HistoriaDeInformes(Historia):
    """Cada paso de un informe."""

    nombre, nombres = "paso de un informe", "pasos de los informes"


@apuntar(m.TextoDeInforme)
class TextosDeInforme(Consulta):
    """Los apartados de un informe."""

    nota = "Se escribe en la página del informe."
    con = ("informe__organo",)
    list_display = ("__str__", "informe", "editado_por", "editado_el", "version")
    list_filter = ("apartado",)
    search_fields = ("texto",)


@apuntar(m.Metrica)
class Metricas(Consulta):
    """Las métricas externas que se siguen."""

    nota = EN_SUS_REGISTROS
    list_display = ("nombre", "autor", "unidad", "organo", "minimo", "maximo")
    list_filter = (PorOrgano,)
    search_fields = ("nombre", "autor")


@apuntar(m.ValorDeMetrica)
class Valores(Consulta):
    """El valor de un municipio en un año."""

    nota = EN_SUS_REGISTROS
    list_display = ("metrica", "municipio", "anio", "valor", "literal", "fuente")
    list_filter = ("anio",)
    search_fields = ("municipio__nombre", "metrica__nombre", "literal")
