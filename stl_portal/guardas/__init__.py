"""Lo que la base misma impide, aunque el portal se equivoque."""

from .guarda import Guarda
from .sellado import PREFIJO_SELLADA, Sellada
from .traslape import PREFIJO

__all__ = ["PREFIJO", "PREFIJO_SELLADA", "Guarda", "Sellada"]
