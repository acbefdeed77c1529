"""Conjunto `municipios`: los 46, con su cabecera y su secretariado si este portal lo aloja."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from municipios.ciudadania.abiertos import ATRIBUCION
from municipios.conjuntos.columnas import GENERA, TEMA
from municipios.models import Municipio
from sesiones.estados import ClaseOrgano
from sesiones.models import Organo
from stl_portal.avisos.envio import liga
from stl_portal.datos.columnas import direccion, en_orden, identificador
from stl_portal.datos.identificadores import segun
from stl_portal.datos.licencia import LICENCIA
from stl_portal.datos.registro import Columna, Conjunto, Fila, Filtro, Tipo, Valor

COLUMNAS = (
    identificador("al municipio: su clave del INEGI, de cinco cifras", "11020"),
    Columna("nombre", Tipo.TEXTO, "Nombre", "Como lo escribe el INEGI.", requerida=True, ejemplo="León"),
    Columna("cabecera", Tipo.TEXTO, "Cabecera", "Localidad que es la cabecera municipal.", requerida=True),
    Columna(
        "latitud",
        Tipo.NUMERO,
        "Latitud",
        "De la cabecera, en el sistema WGS 84; al norte es positiva.",
        requerida=True,
        unidad="grados",
        ejemplo="21.12908",
    ),
    Columna(
        "longitud",
        Tipo.NUMERO,
        "Longitud",
        "De la cabecera, en el sistema WGS 84; al oeste es negativa.",
        requerida=True,
        unidad="grados",
        ejemplo="-101.67374",
    ),
    Columna(
        "secretariado",
        Tipo.TEXTO,
        "Secretariado municipal",
        "Clave del secretariado que este portal aloja: el «id» de «organos». Vacía si no aloja ninguno: el"
        " municipio puede tenerlo en otra parte. Los de demostración no salen aquí, sino en «organos».",
    ),
    Columna(
        "secretariado_nombre", Tipo.TEXTO, "Nombre del secretariado", "El que tiene hoy; vacío si no lo hay."
    ),
    direccion("del municipio"),
)


def publicado() -> "QuerySet[Any]":
    """Todos."""
    return Municipio.objects.all()


def filas(objetos: Sequence[Any]) -> Iterator[tuple[Any, Fila]]:
    """Una por municipio; sus secretariados se traen todos en dos consultas."""
    hoy, secretariados = timezone.localdate(), _secretariados(m.clave for m in objetos)
    for municipio in objetos:
        yield municipio, en_orden(COLUMNAS, _datos(municipio, secretariados.get(municipio.clave), hoy))


def _secretariados(claves: Iterable[str]) -> Mapping[str, Organo]:
    """El real de cada municipio que lo tiene: hay uno cuando mucho."""
    suyos = Organo.objects.secretariados().con_nombre().filter(clase=ClaseOrgano.MUNICIPAL, ficticio=False)
    return {organo.clave_municipio: organo for organo in suyos.filter(clave_municipio__in=list(claves))}


def _datos(m: Municipio, suyo: Organo | None, hoy: dt.date) -> dict[str, Valor]:
    return {
        "id": m.clave,
        **{campo: getattr(m, campo) for campo in ("nombre", "cabecera", "latitud", "longitud")},
        "secretariado": suyo.clave if suyo else "",
        "secretariado_nombre": suyo.denominacion(hoy).nombre if suyo else "",
        "direccion": liga(m.get_absolute_url()),
    }


def geojson(todas: Iterable[Fila]) -> Mapping[str, Any]:
    """La capa de puntos (RFC 7946): la cabecera de cada municipio, con sus demás columnas."""
    nombres = tuple(c.nombre for c in COLUMNAS)
    puntos = (dict(zip(nombres, fila, strict=True)) for fila in todas)
    return {
        "type": "FeatureCollection",
        "licencia": LICENCIA,
        "atribucion": ATRIBUCION,
        "features": [_punto(datos) for datos in puntos],
    }


def _punto(datos: dict[str, Any]) -> dict[str, Any]:
    coordenadas = [float(datos.pop("longitud")), float(datos.pop("latitud"))]
    return {
        "type": "Feature",
        "id": datos["id"],
        "geometry": {"type": "Point", "coordinates": coordenadas},
        "properties": datos,
    }


MUNICIPIOS = Conjunto(
    clave="municipios",
    titulo="Municipios de Guanajuato",
    descripcion="Los 46 municipios con su clave del INEGI, su cabecera con coordenadas y el secretariado"
    " municipal que este portal aloja, si lo hay. También se descarga como capa de puntos (GeoJSON)."
    f" {ATRIBUCION}",
    columnas=COLUMNAS,
    publicado=publicado,
    filas=filas,
    de_id=segun("(?P<clave>[0-9]{5})"),
    genera=GENERA,
    tema=TEMA,
    una_fila="uno de los 46 municipios de Guanajuato",
    cada_cuanto="R/P1Y",
    filtros=(Filtro("nombre", Tipo.TEXTO, "nombre", "Nombre completo: León."),),
    palabras=("municipios", "Guanajuato", "INEGI", "GeoJSON"),
    geojson=geojson,
)
