"""Las páginas de los datos abiertos que van en el mapa del sitio."""

from collections.abc import Sequence

from django.urls import reverse

from stl_portal.publico.mapa_del_sitio import fijas
from stl_portal.publico.registro import SITIO, Direccion, Tramo, apuntar

from .catalogo import ultimas
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


PORTADA = fijas("datos", "datos:inicio")
POR_CONJUNTO = Tramo("conjuntos", _conjuntos, _direccion)


def registrar() -> None:
    """Se llama desde `DatosConfig.ready()`; repetirlo no duplica nada."""
    apuntar(SITIO, PORTADA)
    apuntar(SITIO, POR_CONJUNTO)
