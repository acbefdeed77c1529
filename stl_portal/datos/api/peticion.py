"""Lo que se pide en la dirección: filtros, cuántas filas y desde dónde. Lo que no se entiende, se dice."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from stl_portal.datos import filtros
from stl_portal.datos.api import cursor
from stl_portal.datos.api.cursor import Cursor
from stl_portal.datos.api.esquemas import LIMITE, LIMITE_MAXIMO
from stl_portal.datos.filtros import FiltroMalo, Seleccion
from stl_portal.datos.registro import Conjunto
from stl_portal.espanol import citado

PROPIOS = ("limite", "cursor")


@dataclass(frozen=True)
class Pedido:
    """Una página: de qué filas, cuántas y después de cuál."""

    seleccion: Seleccion
    limite: int
    cursor: Cursor | None


def leer(conjunto: Conjunto, parametros: QueryDict) -> Pedido:
    """Lo pedido. Lanza `FiltroMalo` ante lo desconocido, lo repetido, lo vacío o lo que no se entiende.

    Un programa que manda un parámetro vacío casi siempre se equivocó: recibirlo todo no se lo diría.
    """
    for nombre, dichos in parametros.lists():
        if not all(dicho.strip() for dicho in dichos):
            raise FiltroMalo(nombre, f"«{citado(nombre)}» viene vacío: dale un valor o quítalo.")
        if len(dichos) > 1:
            raise FiltroMalo(nombre, f"«{citado(nombre)}» viene más de una vez.")
    seleccion = filtros.leer(conjunto, parametros, PROPIOS)
    marca = parametros.get("cursor")
    return Pedido(
        seleccion, _limite(parametros.get("limite")), cursor.leer(conjunto, marca) if marca else None
    )


def _limite(dicho: str | None) -> int:
    if dicho is None:
        return LIMITE
    if not (dicho.isascii() and dicho.isdigit() and len(dicho) <= 3 and 1 <= int(dicho) <= LIMITE_MAXIMO):
        raise FiltroMalo("limite", f"«limite» debe ser un número entero de 1 a {LIMITE_MAXIMO}.")
    return int(dicho)


def exigir_sin_parametros(parametros: QueryDict) -> None:
    """Donde no se filtra. Lanza `FiltroMalo` si viene alguno."""
    for nombre in parametros:
        raise FiltroMalo(nombre, f"Aquí no hay parámetros, y llegó «{citado(nombre)}».")


def siguiente_url(request: HttpRequest, siguiente: str | None) -> str | None:
    """La dirección de la página que sigue, con lo demás igual."""
    if siguiente is None:
        return None
    parametros = request.GET.copy()
    parametros["cursor"] = siguiente
    return f"{request.path}?{parametros.urlencode()}"
