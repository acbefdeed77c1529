"""Cuánto pesa cada página pública con todo lo que trae, comprimida; y que todo lo que trae es de casa."""

import gzip
import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.permisos.mundo import crear_mundo
from tests.personas import Reparto
from tests.velocidad.paginas import guardables

pytestmark = pytest.mark.apariencia

TOPE = 60 * 1024  # bytes comprimidos, con estilos, programas e imágenes
TRAE = re.compile(r'<(?:link|script|img|source|iframe|video|audio)\b[^>]*?\s(?:href|src)="([^"]+)"')
ES_DE_TRAER = re.compile(r'rel="(?:stylesheet|icon|preload|modulepreload)"|<(?:script|img|source|iframe)')
IMPORTA = re.compile(r'(?:import|from)\s*\(?\s*"(\.{1,2}/[^"]+)"|url\("?([^")]+)"?\)')


def test_ninguna_pasa_del_tope_ni_pide_nada_a_otros(reparto: Reparto) -> None:
    pesadas: dict[str, int] = {}
    ajenas: dict[str, str] = {}
    for direccion in guardables(crear_mundo(reparto)):
        respuesta = Client().get(direccion)
        if not respuesta.headers["Content-Type"].startswith("text/html") or respuesta.status_code != 200:
            continue
        html = respuesta.content.decode()
        traidos = {m[1] for m in TRAE.finditer(html) if ES_DE_TRAER.search(m[0])}
        ajenas |= {t: direccion for t in traidos if not t.startswith("/")}
        nombres = frozenset().union(*(con_los_suyos(t) for t in traidos if t.startswith("/static/")))
        peso = len(gzip.compress(respuesta.content)) + sum(map(comprimido, nombres))
        if peso > TOPE:
            pesadas[direccion] = peso
    assert ajenas == {}
    assert pesadas == {}


@cache
def con_los_suyos(direccion: str) -> frozenset[str]:
    """Ese estático y los que él pide, y los que piden ellos."""
    nombre, vistos = direccion.removeprefix("/static/"), {direccion.removeprefix("/static/")}
    for hallado in IMPORTA.finditer(contenido(nombre).decode(errors="replace")):
        pedido = hallado[1] or hallado[2]
        if nombre.endswith((".js", ".css")) and not pedido.startswith(("data:", "#")):
            vistos |= con_los_suyos(f"/static/{normpath(join(dirname(nombre), pedido))}")
    return frozenset(vistos)


def contenido(nombre: str) -> bytes:
    """Los bytes de un estático; tiene que existir."""
    ruta = finders.find(nombre)
    assert ruta is not None, nombre
    return Path(str(ruta)).read_bytes()


@cache
def comprimido(nombre: str) -> int:
    """Lo que pesa al viajar."""
    return len(gzip.compress(contenido(nombre)))
