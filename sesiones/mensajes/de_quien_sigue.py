"""Los mensajes a quienes siguen un órgano sin tener cuenta."""

from typing import Any

from stl_portal.avisos.clases import CON_SU_LIGA, Clase, apuntar

_EJEMPLO: dict[str, Any] = {
    "que": "Acta publicada",
    "titulo": "I Sesión Ordinaria",
    "cuando": "18/11/2026, 10:00 h",
    "sesion": {"designacion": "I Sesión Ordinaria", "organo": {"ficticio": True}},
    "acta": {"version": 1, "motivo": ""},
    "designacion": "I Sesión Ordinaria",
    "del_organo": "del Secretariado de ejemplo (ficticio)",
    "fecha": "18 de noviembre de 2026",
    "hora": "10:00",
    "codigo": "AAAA-BBBB-CCCC-DDDD",
    "cancelada": False,
    "cambios": (),
    "cita": {"lugar": "Sala de ejemplo"},
    "puntos": [(0, "I.", "Lista de asistencia")],
    "liga": "https://portal.example/sesiones/ejemplo/i-ordinaria-2026/",
}

ACTA = Clase(
    clave="seguir.acta",
    nombre="Acta o fe de erratas publicada",
    cuando="Al publicarse",
    quienes="A quienes siguen las actas del órgano",
    asunto="{que}: {titulo}",
    plantilla="avisos/correo/acta_para_seguidores.txt",
    ejemplo=_EJEMPLO,
    siempre=CON_SU_LIGA,
    boton="Leer el acta",
)
CITA = Clase(
    clave="seguir.cita",
    nombre="Convocatoria, cambio o cancelación de una sesión",
    cuando="Al convocarse, cambiar o cancelarse, con su cita",
    quienes="A quienes siguen las convocatorias del órgano",
    asunto="{que}: {titulo}, {cuando}",
    plantilla="avisos/correo/convocatoria_para_seguidores.txt",
    ejemplo={**_EJEMPLO, "que": "Se convocó"},
    siempre=CON_SU_LIGA,
    boton="Ver la sesión",
)


def registrar() -> None:
    """Se llama desde el paquete; repetirlo no duplica nada."""
    apuntar(ACTA, CITA)
