"""Qué de las preguntas no cambia lo que la ciudadanía lee, y qué páginas se guardan ya compuestas."""

from stl_portal.publico import edicion
from stl_portal.publico.paginas_guardadas import apuntar

PRIVADAS = {
    "participacion_foliador": "El folio se lee en su pregunta.",
    "participacion_cambiopregunta": "La historia de una pregunta es de quienes la atienden.",
}
# Quien escribe a la forma no hace componer otra vez todo el portal: publicarla, que es otra orden, sí.
NACEN_PRIVADAS = {"participacion_pregunta": "Nace sin confirmar; nadie la lee hasta que se publica."}
CAMPOS_PRIVADOS = {"participacion_pregunta": frozenset({"correo"})}


def registrar() -> None:
    """Las apunta en el portal."""
    edicion.apuntar_privadas(PRIVADAS, CAMPOS_PRIVADOS)
    edicion.NACEN_PRIVADAS.update(NACEN_PRIVADAS)
    apuntar("preguntas:inicio", "page", "organo", filtran="estado")
    apuntar("preguntas:pregunta preguntas:recibida")
