"""Con qué permiso se usan los datos y cómo se citan."""

import datetime as dt

from stl_portal.templatetags.portal import fecha

LICENCIA = "https://datos.gob.mx/libreusomx"
NOMBRE = "Términos de Libre Uso MX"
RESUMEN = (
    "Puedes copiarlos, publicarlos, adaptarlos y usarlos con cualquier fin, si citas la fuente y no los "
    "alteras haciéndolos pasar por los originales."
)


def cita(titulo: str, genera: str, liga: str, al: dt.date, version: int | None = None) -> str:
    """«Integrantes, versión 3. Secretariado… Consultado el 18 de marzo de 2026 en https://…»."""
    cual = f"{titulo}, versión {version}" if version else titulo
    return f"{cual}. {genera}. Consultado el {fecha(al)} en {liga}"
