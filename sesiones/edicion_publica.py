"""Qué de las sesiones no cambia lo que la ciudadanía lee, y qué páginas se guardan ya compuestas."""

from stl_portal.publico import edicion
from stl_portal.publico.paginas_guardadas import apuntar

PRIVADAS = {
    "sesiones_intervencion": "Lo dicho en la mesa se publica con el acta, de sus bytes sellados.",
    "sesiones_parrafoeditado": "El borrador del acta no se publica.",
    "sesiones_ronda": "La revisión del acta es de quienes la revisan.",
    "sesiones_revisor": "La revisión del acta es de quienes la revisan.",
    "sesiones_observacion": "La revisión del acta es de quienes la revisan.",
    "sesiones_preparacion": "Una firma a medias todavía no lo es.",
    "sesiones_presencia": "Quién escribe a la vez solo se dice en la mesa.",
    "sesiones_envio": "Sirve para no atender dos veces la misma forma.",
    "sesiones_frase": "La biblioteca de frases es de quien conduce.",
    "sesiones_rol": "Ninguna página pública dice quién tiene un papel en el portal.",
}
CAMPOS_PRIVADOS = {"sesiones_punto": frozenset({"desahogo"})}


def registrar() -> None:
    """Las apunta en el portal."""
    edicion.apuntar_privadas(PRIVADAS, CAMPOS_PRIVADOS)
    apuntar("sesiones:lista", "page", "organo", filtran="anio tipo")
    apuntar("sesiones:organo", "page", filtran="anio tipo")
    apuntar("sesiones:detalle sesiones:anexo sesiones:cita")
    apuntar("sesiones:acuerdo", "preguntas")
    apuntar("sesiones:acuerdos", "page", "organo", filtran="anio estado")
    apuntar("sesiones:integrantes", "organo", "al", "page")
    apuntar("sesiones:integrantes_de", "al")
    apuntar("sesiones:historia")
    apuntar("sesiones:asistencia", "anio")
    apuntar("sesiones:acta sesiones:acta_pdf sesiones:acta_json sesiones:acta_xml", "version")
