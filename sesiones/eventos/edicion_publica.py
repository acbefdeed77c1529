"""Qué de la agenda no cambia lo que la ciudadanía lee, y qué páginas se guardan ya compuestas."""

from stl_portal.publico import edicion
from stl_portal.publico.paginas_guardadas import apuntar

PRIVADAS = {"agenda_cifradered": "Las cifras de redes se publican con el informe anual."}


def registrar() -> None:
    """Se llama desde `EventosConfig.ready()`; repetirlo no duplica nada."""
    edicion.apuntar_privadas(PRIVADAS, {})
    apuntar("agenda:lista", "page", "organo", "anio", filtran="tipo")
    apuntar("agenda:detalle agenda:cita")
