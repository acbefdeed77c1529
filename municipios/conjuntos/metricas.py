"""Conjunto `metricas`: lo que otros miden de cada municipio, año por año."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from municipios.conjuntos.columnas import (
    DEL_ORGANO,
    MUNICIPIO,
    MUNICIPIO_NOMBRE,
    TEMA,
    datos_del_organo,
    del_municipio,
)
from municipios.models import ValorDeMetrica
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import direccion, en_orden, filtros_de_organo, identificador
from stl_portal.datos.identificadores import CLAVE, NUMERO, segun
from stl_portal.datos.registro import Catalogo, Columna, Conjunto, Fila, Filtro, Tipo, Valor

COLUMNAS = (
    identificador("al valor: órgano, métrica, municipio y año", "stl/mi-indice/11020/2024"),
    *DEL_ORGANO,
    Columna("metrica", Tipo.TEXTO, "Métrica", "Clave de la medición.", requerida=True),
    Columna("metrica_nombre", Tipo.TEXTO, "Nombre de la métrica", "Como la llama su autor.", requerida=True),
    Columna("autor", Tipo.TEXTO, "Quién la hace", "No es el secretariado: solo la recoge.", requerida=True),
    MUNICIPIO,
    MUNICIPIO_NOMBRE,
    Columna("anio", Tipo.ENTERO, "Año", "Al que corresponde el valor.", requerida=True, ejemplo="2024"),
    Columna(
        "valor",
        Tipo.NUMERO,
        "Valor",
        "Lo que obtuvo el municipio, en la unidad de la columna «unidad».",
        requerida=True,
        ejemplo="61.87",
    ),
    Columna(
        "literal",
        Tipo.TEXTO,
        "Como lo escribe la fuente",
        "Vacío si la fuente lo escribe igual que la columna «valor».",
        ejemplo="61.870 %",
    ),
    Columna("unidad", Tipo.TEXTO, "Unidad", "En qué se mide; vacía si no tiene.", ejemplo="puntos"),
    Columna("minimo", Tipo.NUMERO, "Mínimo", "El menor valor posible; vacío si no lo tiene."),
    Columna("maximo", Tipo.NUMERO, "Máximo", "El mayor valor posible; vacío si no lo tiene."),
    Columna("metodologia", Tipo.LIGA, "Metodología", "Página que la explica; vacía si no consta."),
    Columna("fuente", Tipo.LIGA, "Fuente", "Página de la que se tomó el valor.", requerida=True),
    direccion("de la métrica"),
)


def publicado() -> "QuerySet[Any]":
    """Todos los valores: una métrica es pública desde que tiene el primero."""
    return ValorDeMetrica.objects.select_related("metrica__organo", "municipio")


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por valor."""
    for valor in objetos:
        yield valor, en_orden(COLUMNAS, _datos(valor))


def _datos(v: ValorDeMetrica) -> dict[str, Valor]:
    metrica = v.metrica
    return {
        "id": f"{metrica.organo.clave}/{metrica.clave}/{v.municipio_id}/{v.anio}",
        **datos_del_organo(metrica.organo),
        "metrica": metrica.clave,
        "metrica_nombre": metrica.nombre,
        "autor": metrica.autor,
        "municipio": v.municipio_id,
        "municipio_nombre": v.municipio.nombre,
        "anio": v.anio,
        "valor": _llano(v.valor),
        "literal": v.literal,
        "unidad": metrica.unidad,
        "minimo": _llano(metrica.minimo),
        "maximo": _llano(metrica.maximo),
        "metodologia": metrica.metodologia,
        "fuente": v.fuente,
        "direccion": liga(metrica.get_absolute_url()),
    }


def _metricas() -> Iterator[tuple[str, str]]:
    """Las que tienen algún valor; la misma clave puede ser de dos órganos."""
    filas = publicado().order_by("metrica__clave", "metrica__nombre")
    claves: dict[str, str] = {}
    for clave, nombre in filas.values_list("metrica__clave", "metrica__nombre").distinct():
        claves.setdefault(clave, nombre)
    return iter(claves.items())


def _hay_metrica(clave: str) -> bool:
    return publicado().filter(metrica__clave=clave).exists()


def _llano(numero: Decimal | None) -> Decimal | None:
    """Sin ceros de sobra ni exponente: 61.87, 100."""
    return None if numero is None else Decimal(f"{numero.normalize():f}")


METRICAS = Conjunto(
    clave="metricas",
    titulo="Métricas externas de los municipios",
    descripcion="Índices y evaluaciones que otras instituciones hacen de los municipios, año por año y con su"
    " fuente. Cada métrica tiene su unidad: no se suman ni se comparan entre sí.",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun(
        rf"(?P<metrica__organo__clave>{CLAVE})/(?P<metrica__clave>{CLAVE})"
        rf"/(?P<municipio>[0-9]{{5}})/(?P<anio>{NUMERO})"
    ),
    genera="Secretariado Técnico Local, que recoge lo que publica cada autor",
    tema=TEMA,
    una_fila="el valor de una métrica en un municipio y un año",
    cada_cuanto="R/P1Y",
    filtros=(
        *filtros_de_organo("metrica__organo__"),
        Filtro(
            "metrica",
            Tipo.TEXTO,
            "metrica__clave",
            "Clave de la métrica.",
            catalogo=Catalogo(_hay_metrica, _metricas, "/datos/metricas/"),
        ),
        del_municipio("municipio"),
        Filtro("anio", Tipo.ENTERO, "anio", "Año del valor."),
    ),
    palabras=("municipios", "índices", "evaluaciones"),
)
