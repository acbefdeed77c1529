"""Qué se ofrece a quien pidió una página que no existe: las públicas que más se parecen, y por dónde seguir.

Cada aplicación apunta en `PARECIDAS` sus candidatas, que son pocas y salen solo de lo publicado: pedir algo
que existe sin publicarse y pedir algo que no existe se contesta igual, letra por letra.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher, get_close_matches
from itertools import islice
from operator import itemgetter
from typing import Any

from django.utils.text import slugify

from stl_portal.buscador.secciones import SECCIONES

from .registro import NAVEGACION, PARECIDAS, Enlace

CUANTAS = 5
CANDIDATAS = 120  # las que se comparan, cuando mucho
LARGO = 120  # letras de lo pedido que se miran: una dirección más larga no es un error de dedo
PARECIDO = 0.62  # de 0 a 1; por debajo, la sugerencia confunde más de lo que ayuda


def para(ruta: str) -> list[Enlace]:
    """Las públicas que se parecen a la pedida, la más parecida primero; vacía si ninguna."""
    partes = [slugify(parte) or parte for parte in ruta[:LARGO].lower().split("/") if parte]
    seccion = mas_cercana(partes[0], [*PARECIDAS, *_secciones()]) if partes else ""
    if not seccion:
        return []
    fuente = PARECIDAS.get(seccion)
    candidatas = islice(fuente([seccion, *partes[1:]]), CANDIDATAS) if fuente and partes[1:] else ()
    mejores = _las_mejores(partes[1:], {enlace.url: enlace for enlace in candidatas}.values())
    return [*mejores, *_raiz(seccion)]


def palabras(ruta: str) -> str:
    """Lo pedido, como se escribiría en el buscador: «sesiones stl xviii ordinaria»."""
    return " ".join(ruta[:LARGO].replace("/", " ").replace("-", " ").replace("_", " ").split())


def mas_cercana(palabra: str, claves: Iterable[str]) -> str:
    """De `claves`, la que más se parece; vacía si ninguna."""
    return next(iter(get_close_matches(palabra, list(claves), n=1, cutoff=PARECIDO)), "")


def primeras(filas: Any) -> Any:
    """Las que se alcanzan a comparar de una consulta."""
    return filas[:CANDIDATAS]


def _secciones() -> Iterator[str]:
    return (enlace.url.strip("/") for enlace in _raices())


def _raices() -> Iterator[Enlace]:
    """Las del menú y, después, las demás a las que lleva el buscador: el calendario, las preguntas…"""
    yield from NAVEGACION
    yield from (Enlace(otra.texto, otra.url) for otra in SECCIONES.values())


def _raiz(seccion: str) -> Iterator[Enlace]:
    """La sección misma."""
    return islice((enlace for enlace in _raices() if enlace.url.strip("/") == seccion), 1)


def _las_mejores(partes: Sequence[str], candidatas: Iterable[Enlace]) -> list[Enlace]:
    """Por lo que se parece su dirección o, si se pidió por su nombre («municipios/leon»), su nombre."""
    puntos = [(_puntos(partes, enlace), enlace) for enlace in candidatas]
    buenas = sorted((p for p in puntos if p[0] >= PARECIDO), key=itemgetter(0), reverse=True)
    return [enlace for _, enlace in buenas[:CUANTAS]]


def _puntos(partes: Sequence[str], enlace: Enlace) -> float:
    """Sin la sección, que es la misma para todas y haría que todas se parecieran."""
    resto = enlace.url.strip("/").partition("/")[2]
    return max(_parecido("/".join(partes), resto), _parecido(partes[-1], slugify(enlace.texto)))


def _parecido(una: str, otra: str) -> float:
    comparadas = SequenceMatcher(None, una, otra, autojunk=False)
    # Las cotas cuestan mucho menos que la cuenta y descartan casi todas.
    if comparadas.real_quick_ratio() < PARECIDO or comparadas.quick_ratio() < PARECIDO:
        return 0.0
    return comparadas.ratio()
