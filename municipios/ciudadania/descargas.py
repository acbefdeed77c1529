"""Lo que se descarga de un corte además de su JSON sellado, y cómo se reconoce por su huella.

Cada formato sale siempre igual de los mismos bytes sellados: por eso basta volver a componerlo.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from django.core.cache import cache

from municipios.ciudadania import abiertos, publicados
from municipios.models import CorteMunicipalPublicado, Municipio

GUARDADAS = 30 * 24 * 3600  # segundos


@dataclass(frozen=True)
class Formato:
    """Cómo se compone una descarga, de qué tipo es y cómo se le dice."""

    componer: Callable[[CorteMunicipalPublicado], bytes]
    tipo: str
    dicho: str


def _csv(fila: CorteMunicipalPublicado) -> bytes:
    return abiertos.por_municipio(publicados.leido(fila)).encode()


def _totales(fila: CorteMunicipalPublicado) -> bytes:
    return abiertos.de_totales(publicados.leido(fila)).encode()


def _geojson(fila: CorteMunicipalPublicado) -> bytes:
    direccion = urljoin(settings.SITIO, fila.corte.get_absolute_url())
    return abiertos.geojson(publicados.leido(fila), Municipio.objects.all(), direccion).encode()


FORMATOS = {
    "csv": Formato(_csv, "text/csv; charset=utf-8", "la tabla por municipio (CSV)"),
    "totales.csv": Formato(_totales, "text/csv; charset=utf-8", "la tabla de totales (CSV)"),
    "geojson": Formato(_geojson, "application/geo+json", "la capa de puntos (GeoJSON)"),
}


def de_cual(huella: str) -> tuple[CorteMunicipalPublicado, Formato] | None:
    """El corte del que sale un archivo con esa huella SHA-256, y en qué formato; None si de ninguno."""
    filas = list(publicados.filas())
    guardadas = cache.get_many([_clave(fila) for fila in filas])
    for fila in filas:
        for clase, suya in guardadas.get(_clave(fila)) or _calcular(fila):
            if suya == huella:
                return fila, FORMATOS[clase]
    return None


def _clave(fila: CorteMunicipalPublicado) -> str:
    return f"descargas-municipales:{abiertos.VERSION}:{fila.huella}"


def _calcular(fila: CorteMunicipalPublicado) -> list[tuple[str, str]]:
    """Cada formato con su huella; se guardan, porque lo publicado no cambia."""
    huellas = list(_huellas(fila))
    cache.set(_clave(fila), huellas, timeout=GUARDADAS)
    return huellas


def _huellas(fila: CorteMunicipalPublicado) -> Iterator[tuple[str, str]]:
    for clase, formato in FORMATOS.items():
        yield clase, hashlib.sha256(formato.componer(fila)).hexdigest()
