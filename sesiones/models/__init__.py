"""Modelos de sesiones: un archivo por agregado."""

from .actas import Acta, CambioActa, ParrafoEditado
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
from .organos import CitaLegal, Denominacion, Institucion, Organo, UsoCita
from .personas import AliasPersona, Persona
from .plantillas import Frase, PuntoPlantilla
from .publica import AnexoPublicado, Testado, VersionPublica
from .reglas import Regla
from .revision import Observacion, Revisor, Ronda
from .roles import Rol
from .sellado import Firma, LugarDeFirma, Preparacion, Publicacion, RaizDeConfianza, Sello
from .series import Serie
from .sesiones import CambioSesion, Sesion
from .votaciones import Votacion, Voto

__all__ = [
    "Acta",
    "Acuerdo",
    "AliasPersona",
    "Anexo",
    "AnexoPublicado",
    "Asiento",
    "Asistencia",
    "Calendario",
    "CambioActa",
    "CambioCalendario",
    "CambioSesion",
    "CitaLegal",
    "Convocatoria",
    "CopiaOficio",
    "Denominacion",
    "Envio",
    "FechaCalendario",
    "Firma",
    "Firmante",
    "Frase",
    "Institucion",
    "Intervencion",
    "LugarDeFirma",
    "Movimiento",
    "Nombramiento",
    "Observacion",
    "Oficio",
    "Organo",
    "ParrafoEditado",
    "Persona",
    "Plazo",
    "Preparacion",
    "Presencia",
    "Publicacion",
    "Punto",
    "PuntoPlantilla",
    "Quorum",
    "RaizDeConfianza",
    "Receso",
    "Refrendo",
    "Regla",
    "Revisor",
    "Rol",
    "Ronda",
    "Seguimiento",
    "Sello",
    "Serie",
    "Sesion",
    "Suplencia",
    "Testado",
    "UsoCita",
    "VersionPublica",
    "Votacion",
    "Voto",
]
