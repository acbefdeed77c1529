"""Lo que la configuración dice de cómo se observa el portal."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

FICHA_MINIMA = 24  # caracteres
# Al rechazar un certificado, estas bibliotecas escriben su sujeto completo, con RFC y CURP.
CALLADAS = ("pyhanko", "pyhanko_certvalidator")
DE_TODA_PETICION = ("stl_portal.peticiones", "stl_portal.seguridad")  # se encienden o se apagan juntas


def ficha_valida(ficha: str) -> str:
    """La ficha de operación, si no se puede adivinar; vacía, nadie la tiene."""
    if 0 < len(ficha) < FICHA_MINIMA:
        raise ImproperlyConfigured(f"FICHA_DE_OPERACION es demasiado corta: {FICHA_MINIMA} caracteres o más.")
    return ficha


def salida(produccion: bool, nivel: str, peticiones: bool) -> dict[str, Any]:
    """Los registros: en producción, JSON por la salida; si no, legibles por la de errores."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {"()": "stl_portal.observa.registros.EnJSON"},
            "legible": {"()": "stl_portal.observa.registros.Legible"},
        },
        "handlers": {
            "consola": {
                "class": "logging.StreamHandler",
                "formatter": "json" if produccion else "legible",
                "stream": "ext://sys.stdout" if produccion else "ext://sys.stderr",
            }
        },
        "root": {"handlers": ["consola"], "level": nivel},
        "loggers": {
            **{nombre: {"level": "CRITICAL"} for nombre in CALLADAS},
            **{nombre: {"level": "INFO" if peticiones else "CRITICAL"} for nombre in DE_TODA_PETICION},
        },
    }
