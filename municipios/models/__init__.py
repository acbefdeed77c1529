"""Los municipios, lo que se sigue de ellos y lo que sus secretariados informan."""

from .cortes import CambioCorteMunicipal, CorteMunicipal, CorteMunicipalPublicado, EtapaSoloTotal, Total
from .etapas import Anotacion, Etapa, Situacion
from .eventos import Evento, EventoRetirado, Material
from .informes import CambioInforme, InformeTrimestral, TextoDeInforme
from .metricas import Metrica, ValorDeMetrica
from .municipios import Municipio

__all__ = [
    "Anotacion",
    "CambioCorteMunicipal",
    "CambioInforme",
    "CorteMunicipal",
    "CorteMunicipalPublicado",
    "Etapa",
    "EtapaSoloTotal",
    "Evento",
    "EventoRetirado",
    "InformeTrimestral",
    "Material",
    "Metrica",
    "Municipio",
    "Situacion",
    "TextoDeInforme",
    "Total",
    "ValorDeMetrica",
]
