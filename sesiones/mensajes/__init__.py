"""Los mensajes que mandan las sesiones, por aquello de lo que hablan."""

from . import de_actas, de_quien_sigue, de_sesiones


def registrar() -> None:
    """Se llama desde `SesionesConfig.ready()`; repetirlo no duplica nada."""
    de_sesiones.registrar()
    de_actas.registrar()
    de_quien_sigue.registrar()
