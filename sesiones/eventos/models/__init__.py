"""Los modelos de la agenda de eventos."""

from .eventos import CambioEvento, Evento, RelacionConPlan
from .participantes import Material, Ponente
from .redes import CifraDeRed

__all__ = ["CambioEvento", "CifraDeRed", "Evento", "Material", "Ponente", "RelacionConPlan"]
