"""Qué del plan no cambia lo que la ciudadanía lee, y qué páginas se guardan ya compuestas."""

from stl_portal.publico import edicion
from stl_portal.publico.paginas_guardadas import apuntar

PRIVADAS = {
    "ejes_respuesta": "Lo que se llena se publica con el reporte, de sus bytes sellados.",
    "ejes_avancereportado": "Lo que se llena se publica con el reporte, de sus bytes sellados.",
    "ejes_usodeevidencia": "Qué evidencia respalda qué se publica con el reporte, de sus bytes sellados.",
    "ejes_dictamen": "La revisión de un reporte es de quienes lo preparan y lo revisan.",
    "ejes_dictamenevidencia": "La revisión de un reporte es de quienes lo preparan y lo revisan.",
    "ejes_encargo": "Ninguna página pública dice a quién se encargó preparar un reporte.",
    "ejes_figura": "Las cifras de un corte se leen de sus bytes sellados.",
    "ejes_figura_evidencias": "Las cifras de un corte se leen de sus bytes sellados.",
    "ejes_edicionfigura": "Las cifras de un corte se leen de sus bytes sellados.",
}
NACEN_PRIVADAS = {"ejes_evidencia": "Se lee desde que se publica, y eso se escribe en otra tabla."}


def registrar() -> None:
    """Las apunta en el portal."""
    edicion.apuntar_privadas(PRIVADAS)
    edicion.NACEN_PRIVADAS.update(NACEN_PRIVADAS)
    apuntar(
        "ejes:planes ejes:plan ejes:eje ejes:accion ejes:bimestre ejes:evidencia "
        "ejes:informe ejes:informe_pdf ejes:informe_json ejes:novedades"
    )
    apuntar("ejes:compromiso", "preguntas")
    apuntar("ejes:comparar", "con")
    apuntar("ejes:reporte ejes:reporte_pdf ejes:reporte_json", "version")
