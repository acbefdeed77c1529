"""Los mensajes de la convocatoria de una sesión y del lugar de cada quien en un órgano."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import FORMAL, Clase, apuntar

_EJEMPLO: dict[str, Any] = {
    "convocada": {"nombre": "Persona de ejemplo", "suple": False, "institucion": "Institución de ejemplo"},
    "emision": {"secuencia": 0, "motivo": "", "cambios": []},
    "sesion": {
        "designacion": "I Sesión Ordinaria",
        "hora": dt.time(10),
        "get_modalidad_display": "Presencial",
        "lugar": "Sala de ejemplo",
        "domicilio": "",
        "liga": "",
        "objetivo": "",
    },
    "titulo": "I Sesión Ordinaria",
    "cuando": "18/11/2026, 10:00 h",
    "organo": "Secretariado de ejemplo (ficticio)",
    "del_organo": "del Secretariado de ejemplo (ficticio)",
    "fecha": "miércoles 18 de noviembre de 2026",
    "puntos": [
        {"nivel": 0, "etiqueta": "I.", "titulo": "Lista de asistencia"},
        {"nivel": 0, "etiqueta": "II.", "titulo": "Avances del plan"},
    ],
    "liga": "https://portal.example/sesiones/ejemplo/i-ordinaria-2026/",
}
_A_QUIENES = "A titulares y suplentes en funciones el día de la sesión"

CONVOCATORIA = Clase(
    clave="sesion.convocatoria",
    nombre="Convocatoria a una sesión",
    cuando="Al emitirse la convocatoria, con su PDF y la cita para el calendario",
    quienes=_A_QUIENES,
    asunto="Convocatoria: {titulo}, {cuando}",
    plantilla="avisos/correo/convocatoria.txt",
    ejemplo=_EJEMPLO,
    siempre=FORMAL,
    boton="Ver la sesión",
)
ENMIENDA = Clase(
    clave="sesion.enmienda",
    nombre="Cambio en la convocatoria",
    cuando="Al emitirse un cambio de la convocatoria, con su cita",
    quienes=_A_QUIENES,
    asunto="Cambio en la convocatoria: {titulo}, {cuando}",
    plantilla="avisos/correo/convocatoria.txt",
    ejemplo={
        **_EJEMPLO,
        "emision": {
            "secuencia": 1,
            "motivo": "La sala está en obra.",
            "cambios": ["Sede: Sala de ejemplo → Auditorio"],
        },
    },
    siempre=FORMAL,
    boton="Ver la sesión",
)
BAJA = Clase(
    clave="sesion.baja",
    nombre="Se retira la cita a quien ya no integra",
    cuando="Al emitirse un cambio cuando alguien dejó de ser titular o suplente",
    quienes="A quien recibió la convocatoria anterior y ya no está en funciones",
    asunto="Se cancela su cita: {titulo}",
    plantilla="avisos/correo/baja.txt",
    ejemplo=_EJEMPLO,
    siempre=FORMAL,
    boton="Ver la sesión",
)
CANCELACION = Clase(
    clave="sesion.cancelacion",
    nombre="Se cancela una sesión",
    cuando="Al cancelarse una sesión ya convocada",
    quienes="A quienes recibieron la última convocatoria",
    asunto="Se cancela: {titulo}",
    plantilla="avisos/correo/cancelacion.txt",
    ejemplo={**_EJEMPLO, "emision": {"motivo": "No hay condiciones para reunirse."}},
    siempre=FORMAL,
    boton="Ver la sesión",
)
ROL = Clase(
    clave="organo.rol",
    nombre="Tienes un rol en un órgano",
    cuando="Al darse el rol",
    quienes="A la cuenta que lo recibe",
    asunto="Tienes un rol {en_corto}",
    plantilla="avisos/correo/rol.txt",
    ejemplo={
        "en_corto": "en el Secretariado de ejemplo",
        "rol": {
            "usuario": {"email": "persona@ejemplo.example"},
            "get_tipo_display": "Persona facilitadora",
        },
        "en_el_organo": "en el Secretariado de ejemplo (ficticio)",
        "desde": "1 de diciembre de 2026",
        "hasta": "",
        "liga": "https://portal.example/mesa/ejemplo/",
        "firma": "Secretariado de ejemplo (ficticio)",
    },
    siempre="Dice qué puedes hacer en el portal y por dónde se entra.",
    boton="Ir a la mesa",
)
POR_CLASE_DE_EMISION = {"convocatoria": CONVOCATORIA, "baja": BAJA, "cancelacion": CANCELACION}


def registrar() -> None:
    """Se llama desde el paquete; repetirlo no duplica nada."""
    apuntar(CONVOCATORIA, ENMIENDA, BAJA, CANCELACION, ROL)
