"""El portal por su entrada de verdad, con lo que anota en JSON como en producción."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test import RequestFactory

from stl_portal.observa.entrada import Observada
from stl_portal.observa.registros import EnJSON
from stl_portal.publico.de_memoria import DeMemoria
from stl_portal.publico.paginas_guardadas import PaginasGuardadas


@dataclass
class Contestada:
    """Lo que recibe quien pidió."""

    estado: int
    cabeceras: dict[str, str]
    cuerpo: str

    @property
    def referencia(self) -> str:
        """La que le devolvieron."""
        return self.cabeceras["X-Request-ID"]


class Portal:
    """Lo que arma `stl_portal.wsgi`, con una memoria vacía y sin cifras."""

    def __init__(self) -> None:
        """Arma la cadena."""
        de_django = WSGIHandler()
        self.entrada = Observada(DeMemoria(de_django, PaginasGuardadas.de_la_cadena()))

    def pedir(self, direccion: str, metodo: str = "GET", **mas: Any) -> Contestada:
        """Una petición; `mas` es lo que admite `RequestFactory`."""
        environ = RequestFactory().generic(metodo, direccion, **mas).META
        dicho: list[Any] = []
        if not mas.get("headers", {}).get("cookie"):
            environ.pop("HTTP_COOKIE", None)  # la de pruebas la pone siempre, vacía
        cuerpo = b"".join(self.entrada(environ, lambda *partes: dicho.extend(partes)))
        return Contestada(int(dicho[0][:3]), dict(dicho[1]), cuerpo.decode())


@contextmanager
def anotado() -> Iterator[io.StringIO]:
    """Lo que iría a la salida en producción, con un renglón por petición."""
    salida = io.StringIO()
    manejador, raiz = logging.StreamHandler(salida), logging.getLogger()
    manejador.setFormatter(EnJSON())
    peticiones, nivel = (
        logging.getLogger("stl_portal.peticiones"),
        logging.getLogger("stl_portal.peticiones").level,
    )
    peticiones.setLevel(logging.INFO)
    raiz.addHandler(manejador)
    try:
        yield salida
    finally:
        raiz.removeHandler(manejador)
        peticiones.setLevel(nivel)


def renglones(salida: io.StringIO) -> list[dict[str, Any]]:
    """Cada uno, leído: ninguno se parte en dos."""
    return [json.loads(renglon) for renglon in salida.getvalue().splitlines()]
