"""Un corte como datos abiertos: CSV por municipio y etapa, CSV de totales y GeoJSON de puntos.

Sin renglones «Total» ni unidades dentro de un número; fechas ISO 8601 y claves del INEGI. Un CSV lleva
marca de UTF-8 porque sin ella las hojas de cálculo estropean los acentos.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from municipios.ciudadania.tabla import con_desglose
from municipios.documento import CorteLeido, EtapaLeida
from municipios.models import Municipio
from stl_portal.datos.licencia import LICENCIA
from stl_portal.formula import neutro

VERSION = 3  # de estas columnas: va en la etiqueta con que se sabe si cambió
MARCA = "\ufeff"
DEL_CORTE = ("corte_organo", "corte_numero", "corte_fecha")
POR_MUNICIPIO = (
    *("clave_inegi", "municipio", "etapa", "etapa_nombre", "situacion", "situacion_nombre", "avance"),
    *("fecha", "derivada", "se_deriva_de", "nota", "motivo", "liga", "prueba_sha256"),
    *DEL_CORTE,
)
DE_TOTALES = (
    *("etapa", "etapa_nombre", "situacion", "situacion_nombre", "avance", "municipios", "solo_total"),
    *DEL_CORTE,
)
ATRIBUCION = (
    "Claves y nombres: INEGI. Coordenadas de las cabeceras: GeoNames (https://www.geonames.org), con licencia"
    " CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/deed.es)."
)


def por_municipio(corte: CorteLeido) -> str:
    """Un renglón por municipio y etapa; las etapas de las que solo se conoce el total no tienen renglones."""
    renglones = (
        _renglon(corte, clave, etapa) for clave in sorted(corte.nombres) for etapa in con_desglose(corte)
    )
    return en_csv(POR_MUNICIPIO, renglones)


def _renglon(corte: CorteLeido, clave: str, etapa: EtapaLeida) -> Sequence[Any]:
    dicho = corte.casillas[clave, etapa.clave]
    s = etapa.situacion(dicho["situacion"])
    return (
        *(clave, corte.nombres[clave], etapa.clave, etapa.nombre, s.clave, s.nombre, s.avance),
        *(dicho["fecha"] or "", si_o_no(dicho["derivada"]), dicho["dicho"], dicho["nota"]),
        *(dicho["motivo"], dicho["liga"], dicho["prueba"], *_del_corte(corte)),
    )


def de_totales(corte: CorteLeido) -> str:
    """Un renglón por situación de cada etapa, también las que no tienen ningún municipio."""
    return en_csv(
        DE_TOTALES,
        (
            (
                e.clave,
                e.nombre,
                s.clave,
                s.nombre,
                s.avance,
                s.municipios,
                si_o_no(e.solo_total),
                *_del_corte(corte),
            )
            for e in corte.etapas
            for s in e.situaciones
        ),
    )


def geojson(corte: CorteLeido, municipios: Iterable[Municipio], direccion: str) -> str:
    """La capa de puntos (RFC 7946): la cabecera de cada municipio con la clave de su situación en cada etapa.

    El corte, sus totales y la atribución van como miembros propios de la colección.
    """
    coleccion = {
        "type": "FeatureCollection",
        "corte": {
            "organo": corte.organo,
            "numero": corte.numero,
            "nombre": corte.nombre,
            "fecha": corte.fecha.isoformat(),
            "fuente": corte.fuente,
            "direccion": direccion,
        },
        "etapas": [_totales_de(etapa) for etapa in corte.etapas],
        "licencia": LICENCIA,
        "atribucion": ATRIBUCION,
        "features": [_punto(corte, m) for m in municipios if m.clave in corte.nombres],
    }
    return json.dumps(coleccion, ensure_ascii=False)


def _totales_de(etapa: EtapaLeida) -> dict[str, Any]:
    totales = [{"clave": s.clave, "nombre": s.nombre, "municipios": s.municipios} for s in etapa.situaciones]
    return {
        "clave": etapa.clave,
        "nombre": etapa.nombre,
        "solo_total": etapa.solo_total,
        "situaciones": totales,
    }


def _punto(corte: CorteLeido, municipio: Municipio) -> dict[str, Any]:
    etapas = {e.clave: corte.casillas[municipio.clave, e.clave]["situacion"] for e in con_desglose(corte)}
    return {
        "type": "Feature",
        "id": municipio.clave,
        "geometry": {
            "type": "Point",
            "coordinates": [float(municipio.longitud), float(municipio.latitud)],
        },
        "properties": {
            "clave_inegi": municipio.clave,
            "municipio": corte.nombres[municipio.clave],
            "cabecera": municipio.cabecera,
            "etapas": etapas,
        },
    }


def _del_corte(corte: CorteLeido) -> tuple[str, int, str]:
    return corte.organo, corte.numero, corte.fecha.isoformat()


def si_o_no(valor: bool) -> str:
    """Como se dice un booleano en todos los datos abiertos."""
    return "sí" if valor else "no"


def en_csv(columnas: Sequence[str], renglones: Iterable[Sequence[Any]]) -> str:
    """El CSV con esas columnas: marca de UTF-8 al principio y fórmulas neutralizadas."""
    salida = io.StringIO()
    escritor = csv.writer(salida, lineterminator="\r\n")
    escritor.writerow(columnas)
    escritor.writerows(map(_celda, renglon) for renglon in renglones)
    return MARCA + salida.getvalue()


def _celda(valor: Any) -> Any:
    """Lo que se escribe: un número nunca es fórmula."""
    return neutro(valor) if isinstance(valor, str) else valor
