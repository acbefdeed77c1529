"""Lo que una persona lee de una página."""

from typing import Any

from lxml import html


def visible(respuesta: Any) -> str:
    """El texto de `main`, con los espacios de un solo golpe."""
    principal = html.fromstring(respuesta.content.decode()).find(".//main")
    return " ".join(" ".join(principal.itertext()).split())
