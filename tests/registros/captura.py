"""Lo que el navegador manda sin que nadie lo teclee al corregir una fila."""

from django.test import Client


def leido(client: Client, url: str) -> dict[str, str]:
    """La huella de la fila como se leyó al abrir su formulario."""
    return {"huella": client.get(url).context["huella"]}
