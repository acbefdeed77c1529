"""Los datos abiertos para los buscadores: qué páginas van en el mapa del sitio y qué dicen de sí.

Y cuáles se sugieren a quien pide una que no existe.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from stl_portal.publico.enlazada import HECHOS_DE, Hechos
from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import PARECIDAS, SITIO, Direccion, Enlace, Tramo, apuntar

from .catalogo import schema_org, ultimas
from .models import VersionDeDatos
from .registro import CONJUNTOS

Renglon = tuple[str, VersionDeDatos | None]


def _conjuntos() -> Sequence[Renglon]:
    """Cada conjunto con su última versión, que dice cuándo cambió."""
    vigentes = ultimas()
    return [(clave, vigentes.get(clave)) for clave in CONJUNTOS]


def _direccion(renglon: Renglon) -> Direccion:
    clave, version = renglon
    return Direccion(reverse("datos:conjunto", args=(clave,)), version.publicada_el if version else None)


def _hechos(contexto: Any) -> Iterable[Hechos]:
    """El conjunto que la página muestra; en la que rechaza un filtro no hay ninguno."""
    if "previa" in contexto:
        yield schema_org(contexto["conjunto"], contexto["vigente"])


def _parecidas(partes: Sequence[str]) -> Iterable[Enlace]:
    """Todos los conjuntos: quien pidió «/datos/acuerdo.csv» buscaba uno."""
    for clave, conjunto in CONJUNTOS.items():
        yield Enlace(f"Datos: {conjunto.titulo}", reverse("datos:conjunto", args=(clave,)))


PORTADA = fijas("datos", "datos:inicio")
POR_CONJUNTO = Tramo("conjuntos", _conjuntos, _direccion)


def registrar() -> None:
    """Se llama desde `DatosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(SITIO, PORTADA)
    apuntar(SITIO, POR_CONJUNTO)
    HECHOS_DE["datos:conjunto"] = _hechos
    PARECIDAS["datos"] = _parecidas
