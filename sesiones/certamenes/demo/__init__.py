"""Las convocatorias ficticias de la demostración: el `.toml` son los datos."""

from .carga import cargar

__all__ = ["cargar"]
