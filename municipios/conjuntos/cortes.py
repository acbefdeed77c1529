"""Los cortes municipales publicados que rigen, de los que salen `etapas` y `totales-municipales`."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from municipios.ciudadania import publicados
from municipios.conjuntos.columnas import datos_del_organo
from municipios.documento import CorteLeido, EtapaLeida, SituacionLeida
from municipios.models import CorteMunicipal, CorteMunicipalPublicado
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import filtros_de_organo
from stl_portal.datos.registro import Catalogo, Filtro, Tipo, Valor


def _etapas() -> Iterator[EtapaLeida]:
    """Las de cada corte publicado que rige, tal como se sellaron."""
    return (etapa for fila in publicado().order_by("pk") for etapa in publicados.leido(fila).etapas)


def _las_etapas() -> Iterator[tuple[str, str]]:
    return iter({etapa.clave: etapa.nombre for etapa in _etapas()}.items())


def _las_situaciones() -> Iterator[tuple[str, str]]:
    return iter({s.clave: s.nombre for etapa in _etapas() for s in etapa.situaciones}.items())


LAS_ETAPAS = Catalogo(lambda clave: clave in dict(_las_etapas()), _las_etapas, "/datos/etapas/")
LAS_SITUACIONES = Catalogo(
    lambda clave: clave in dict(_las_situaciones()), _las_situaciones, "/datos/etapas/"
)
FILTROS = (
    *filtros_de_organo("corte__organo__"),
    Filtro("corte", Tipo.ENTERO, "corte__numero", "Número del corte de su órgano."),
    Filtro("anio", Tipo.ENTERO, "corte__fecha__year", "Año de la fecha del corte."),
    Filtro("etapa", Tipo.TEXTO, "", "Clave de la etapa: convocatoria.", columna="etapa", catalogo=LAS_ETAPAS),
    Filtro(
        "situacion",
        Tipo.TEXTO,
        "",
        "Clave de la situación: en_trabajo.",
        columna="situacion",
        catalogo=LAS_SITUACIONES,
    ),
)


def publicado() -> "QuerySet[Any]":
    """Los que ninguna corrección publicada sustituyó, con sus bytes sellados."""
    vigentes = CorteMunicipal.objects.vigentes().values("pk")
    return CorteMunicipalPublicado.objects.filter(corte__in=vigentes).select_related("corte__organo")


def datos_del_corte(fila: CorteMunicipalPublicado, leido: CorteLeido) -> dict[str, Valor]:
    """Lo que de su corte dice cada fila."""
    return {
        **datos_del_organo(fila.corte.organo),
        "corte": leido.numero,
        "corte_nombre": leido.nombre,
        "corte_fecha": leido.fecha,
        "fuente": leido.fuente,
        "huella": fila.huella,
        "direccion": liga(fila.corte.get_absolute_url()),
    }


def datos_de_etapa(etapa: EtapaLeida, situacion: SituacionLeida) -> dict[str, Valor]:
    """La etapa y la situación, con sus claves y sus palabras."""
    return {
        "etapa": etapa.clave,
        "etapa_nombre": etapa.nombre,
        "situacion": situacion.clave,
        "situacion_nombre": situacion.nombre,
        "avance": situacion.avance,
    }
