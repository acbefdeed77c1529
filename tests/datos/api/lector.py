"""La interfaz como la lee un programa: página por página, hasta que no hay más."""

from typing import Any
from urllib.parse import urlencode

from django.test import Client

RAIZ = "/api/v1/"


def leer(client: Client, direccion: str, status: int = 200, **cabeceras: str) -> Any:
    """Lo que responde, ya leído; falla si no responde con ese código."""
    respuesta = client.get(direccion, headers=cabeceras or None)
    assert (respuesta.status_code, respuesta["Content-Type"]) == (status, "application/json"), (
        respuesta.content
    )
    return respuesta.json()


def paginas(client: Client, clave: str, **pedido: Any) -> list[list[dict[str, Any]]]:
    """Las páginas del conjunto, siguiendo `siguiente_url`."""
    direccion: str | None = f"{RAIZ}{clave}/?{urlencode(pedido)}"
    leidas = []
    while direccion:
        pagina = leer(client, direccion)
        leidas.append(pagina["filas"])
        direccion = pagina["siguiente_url"]
    return leidas


def ids(client: Client, clave: str, **pedido: Any) -> list[str]:
    """El identificador de cada fila, en el orden en que se lee."""
    return [fila["id"] for pagina in paginas(client, clave, **pedido) for fila in pagina]
