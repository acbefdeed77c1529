"""Conjunto `etapas`: dónde está cada municipio en cada etapa, corte por corte."""

from collections.abc import Iterator, Sequence
from typing import Any

from municipios.ciudadania import publicados
from municipios.ciudadania.tabla import casilla, con_desglose
from municipios.conjuntos.columnas import (
    CORTE,
    ETAPA,
    GENERA,
    MUNICIPIO,
    MUNICIPIO_NOMBRE,
    TEMA,
    del_municipio,
)
from municipios.conjuntos.cortes import FILTROS, datos_de_etapa, datos_del_corte, publicado
from municipios.documento import CorteLeido, EtapaLeida
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import direccion, en_orden, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Columna, Conjunto, Fila, Tipo, Valor

COLUMNAS = (
    identificador(
        "al municipio en una etapa y un corte: municipio, etapa, órgano y corte", "11020/plan/stl-3"
    ),
    MUNICIPIO,
    MUNICIPIO_NOMBRE,
    *ETAPA,
    Columna(
        "consta_al",
        Tipo.FECHA,
        "Consta al",
        "Desde qué día consta la situación. Vacío si nada se ha anotado o no se sabe.",
    ),
    Columna(
        "derivada",
        Tipo.SI_NO,
        "Se deriva de un hecho",
        "Verdadero si la situación resulta de algo publicado en el portal (un acta, una capacitación, un"
        " plan) y no de lo que alguien anotó.",
        requerida=True,
    ),
    Columna("se_deriva_de", Tipo.TEXTO, "De qué se deriva", "El hecho, en una frase; vacío si se anotó."),
    Columna("hecho", Tipo.LIGA, "Página del hecho", "Dónde se lee; vacía si se anotó."),
    Columna("nota", Tipo.TEXTO, "Nota", "Lo que se anotó junto con la situación."),
    Columna("motivo", Tipo.TEXTO, "Por qué retrocedió", "Vacío si no retrocedió."),
    Columna("prueba", Tipo.LIGA, "Dirección de la prueba", "Página que la respalda; vacía si no la hay."),
    Columna(
        "huella_de_la_prueba",
        Tipo.TEXTO,
        "Huella de la prueba",
        "SHA-256 del archivo que la respalda; vacía si no lo hay.",
    ),
    *CORTE,
    direccion("del corte"),
)


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por municipio y etapa de cada corte; donde solo se conoce el total, ninguna."""
    for fila in objetos:
        leido = publicados.leido(fila)
        del_corte = datos_del_corte(fila, leido)
        for municipio in sorted(leido.nombres):
            for etapa in con_desglose(leido):
                yield fila, en_orden(COLUMNAS, {**del_corte, **_casilla(leido, municipio, etapa)})


def _casilla(leido: CorteLeido, municipio: str, etapa: EtapaLeida) -> dict[str, Valor]:
    hallada = casilla(leido, municipio, etapa)
    dicho = hallada.datos
    return {
        "id": f"{municipio}/{etapa.clave}/{leido.organo}-{leido.numero}",
        "municipio": municipio,
        "municipio_nombre": leido.nombres[municipio],
        **datos_de_etapa(etapa, hallada.situacion),
        "consta_al": hallada.fecha,
        "derivada": dicho["derivada"],
        "se_deriva_de": dicho["dicho"],
        "hecho": liga(dicho["url"]) if dicho["url"] else "",
        "nota": dicho["nota"],
        "motivo": dicho["motivo"],
        "prueba": dicho["liga"],
        "huella_de_la_prueba": dicho["prueba"],
    }


ETAPAS = Conjunto(
    clave="etapas",
    titulo="Etapas de los municipios",
    descripcion="Dónde está cada municipio en cada etapa hacia su propio secretariado, en cada corte"
    " publicado y vigente. Las etapas de las que solo se conoce el total no están aquí, porque no se inventa"
    " quién está en cuál: están en «totales-municipales».",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(rf"[0-9]{{5}}/{CLAVE}/(?P<corte__organo__clave>{CLAVE})-(?P<corte__numero>{NUMERO})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="un municipio en una etapa, en un corte publicado",
    cada_cuanto="R/P3M",
    filtros=(*FILTROS, del_municipio("", "municipio")),
    palabras=("municipios", "secretariados municipales", "etapas", "avance"),
)
