"""Las direcciones que se guardan compuestas, con algo que ver en cada una."""

from collections.abc import Iterator

from django.test import Client
from django.urls import reverse

from stl_portal.publico.paginas_guardadas import GUARDABLES
from tests.permisos.mundo import Mundo, argumentos
from tests.permisos.test_matriz import MATRIZ, PATRONES


def guardables(mundo: Mundo) -> list[str]:
    """Una dirección de cada clase de las que están en la matriz; otra prueba exige que estén todas."""
    nombres = sorted(set(GUARDABLES) & set(MATRIZ))
    return [reverse(n, kwargs=argumentos(n, PATRONES[n], mundo, "")) for n in nombres]


def leidas(cliente: Client, direcciones: list[str]) -> dict[str, tuple[int, bytes]]:
    """Lo que contesta cada una."""
    return dict(_leer(cliente, direcciones))


def _leer(cliente: Client, direcciones: list[str]) -> Iterator[tuple[str, tuple[int, bytes]]]:
    for direccion in direcciones:
        respuesta = cliente.get(direccion)
        yield direccion, (respuesta.status_code, respuesta.content)
