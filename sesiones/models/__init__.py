"""Modelos de sesiones: un archivo por agregado."""

from .actas import Acta, ParrafoEditado
from .acuerdos import Acuerdo, Seguimiento
from .agenda import Punto
from .asientos import Asiento, Nombramiento, Refrendo, Suplencia
from .asistencia import Asistencia
from .calendario import Calendario, CambioCalendario, FechaCalendario
from .convocatorias import Convocatoria, Receso
from .declaratoria import Quorum
from .desahogo import Anexo, Intervencion, Plazo, Presencia
from .envios import Envio
from .firmas import Firmante
from .movimientos import Movimiento
from .oficios import CopiaOficio, Oficio
from .organos import CitaLegal, Denominacion, Institucion, Organo, Regla
from .personas import AliasPersona, Persona
from .plantillas import Frase, PuntoPlantilla
from .roles import Rol
from .series import Serie
from .sesiones import CambioSesion, Sesion
from .votaciones import Votacion, Voto

__all__ = [
    "Acta",
    "Acuerdo",
    "AliasPersona",
    "Anexo",
    "Asiento",
    "Asistencia",
    "Calendario",
    "CambioCalendario",
    "CambioSesion",
    "CitaLegal",
    "Convocatoria",
    "CopiaOficio",
    "Denominacion",
    "Envio",
    "FechaCalendario",
    "Firmante",
    "Frase",
    "Institucion",
    "Intervencion",
    "Movimiento",
    "Nombramiento",
    "Oficio",
    "Organo",
    "ParrafoEditado",
    "Persona",
    "Plazo",
    "Presencia",
    "Punto",
    "PuntoPlantilla",
    "Quorum",
    "Receso",
    "Refrendo",
    "Regla",
    "Rol",
    "Seguimiento",
    "Serie",
    "Sesion",
    "Suplencia",
    "Votacion",
    "Voto",
]
