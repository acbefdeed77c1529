"""Conjunto `totales-municipales`: las etapas de las que un corte solo dice cuántos municipios, no cuáles."""

from collections.abc import Iterator, Sequence
from typing import Any

from municipios.ciudadania import publicados
from municipios.conjuntos.columnas import CORTE, ETAPA, GENERA, TEMA
from municipios.conjuntos.cortes import FILTROS, datos_de_etapa, datos_del_corte, publicado
from stl_portal.datos.columnas import direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo, Valor

COLUMNAS = (
    identificador(
        "a la situación en un corte: órgano y corte, etapa y situación", "stl-1/convocatoria/publica"
    ),
    *ETAPA,
    Columna(
        "municipios",
        Tipo.ENTERO,
        "Municipios",
        "Cuántos estaban en esa situación. Las situaciones de una misma etapa y corte suman los 46; no sumes"
        " etapas distintas: los municipios son los mismos.",
        requerida=True,
        unidad="municipios",
        ejemplo="18",
    ),
    *CORTE,
    direccion("del corte"),
)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por situación de cada etapa sin desglose, también las que no tienen ningún municipio."""
    for fila in objetos:
        leido = publicados.leido(fila)
        del_corte = datos_del_corte(fila, leido)
        for etapa in (e for e in leido.etapas if e.solo_total):
            for situacion in etapa.situaciones:
                suyos: dict[str, Valor] = {
                    "id": f"{leido.organo}-{leido.numero}/{etapa.clave}/{situacion.clave}",
                    "municipios": situacion.municipios,
                }
                yield fila, en_orden(COLUMNAS, {**del_corte, **datos_de_etapa(etapa, situacion), **suyos})


TOTALES = Conjunto(
    clave="totales-municipales",
    titulo="Municipios por etapa, donde solo se conoce el total",
    descripcion="Cuántos municipios estaban en cada situación, de las etapas de las que la fuente de un corte"
    " no dice cuáles. Lo que sí se sabe municipio por municipio está en «etapas»; nada se repite en los dos.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"(?P<corte__organo__clave>{CLAVE})-(?P<corte__numero>{NUMERO})/{CLAVE}/{CLAVE}"),
    genera=GENERA,
    tema=TEMA,
    una_fila="cuántos municipios estaban en una situación de una etapa, en un corte publicado",
    cada_cuanto="R/P3M",
    filtros=FILTROS,
    palabras=("municipios", "secretariados municipales", "totales"),
)
