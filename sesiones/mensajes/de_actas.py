"""Los mensajes de la vida de un acta: revisarla, firmarla, publicarla y lo que falta."""

from typing import Any

from stl_portal.avisos.clases import FIRMA, FORMAL, Clase, apuntar

_EJEMPLO: dict[str, Any] = {
    "acta": {"sesion": "I Sesión Ordinaria", "dicha": "el acta", "version": 1, "motivo": ""},
    "de_que": "el acta de la I Sesión Ordinaria",
    "sesion": {"designacion": "I Sesión Ordinaria"},
    "titulo": "I Sesión Ordinaria",
    "del_organo": "del Secretariado de ejemplo (ficticio)",
    "nombre": "Persona de ejemplo",
    "codigo": "AAAA-BBBB-CCCC-DDDD",
    "ronda": {"numero": 1},
    "respondidas": [],
    "anterior": 0,
    "vence": "viernes 27 de noviembre de 2026",
    "liga": "https://portal.example/mesa/ejemplo/i-ordinaria-2026/acta/",
}
_RESPONDIDAS = [
    {
        "texto": "Falta el nombre de una institución.",
        "sobre": "Se pasa lista",
        "respuesta": "Incorporada.",
    }
]

REVISION = Clase(
    clave="acta.revision",
    nombre="Un acta por revisar",
    cuando="Al circularse el borrador, en cada ronda",
    quienes="A quienes revisan, según la regla del órgano",
    asunto="Revisa {de_que}",
    plantilla="avisos/correo/revision.txt",
    ejemplo={**_EJEMPLO, "revisor": {"nombre": "Persona de ejemplo"}},
    siempre=FORMAL,
    boton="Leer y responder",
)
RESPUESTAS = Clase(
    clave="acta.respuestas",
    nombre="Qué se hizo con tus observaciones",
    cuando="Al aprobarse el acta",
    quienes="A quien observó en la última ronda",
    asunto="Lo que observaste en el acta de la {titulo}",
    plantilla="avisos/correo/respuestas.txt",
    ejemplo={**_EJEMPLO, "respondidas": _RESPONDIDAS},
    boton="Leerlo junto a su párrafo",
)
REVISION_CERRADA = Clase(
    clave="acta.revision_cerrada",
    nombre="Terminó la revisión de un acta",
    cuando="Cuando la ronda se cierra sola: venció o respondieron todas las personas",
    quienes="A las personas facilitadoras del órgano",
    asunto="Terminó la revisión del acta de la {titulo}",
    plantilla="avisos/correo/revision_cerrada.txt",
    ejemplo={**_EJEMPLO, "total": 9, "faltan": ["Persona de ejemplo"], "por_atender": 2},
    boton="Atender lo observado",
)
PEDIR_FIRMA = Clase(
    clave="acta.firma",
    nombre="Un acta por firmar",
    cuando="Al sellarse el acta",
    quienes="A quienes tienen un lugar en la hoja de firmas",
    asunto="Firma {dicha} de la {titulo}",
    plantilla="avisos/correo/firma.txt",
    ejemplo={
        **_EJEMPLO,
        "dicha": "el acta",
        "lugar": {"nombre": "Persona de ejemplo"},
        "antes": "Otra persona de ejemplo",
    },
    siempre=FIRMA,
    boton="Leer y firmar",
)
AUTOGRAFA = Clase(
    clave="acta.autografa",
    nombre="Se asentó tu firma autógrafa",
    cuando="Cuando alguien asienta en el portal una firma hecha a mano",
    quienes="A quien firmó: debe poder negarlo",
    asunto="Se asentó tu firma en el acta de la {titulo}",
    plantilla="avisos/correo/autografa.txt",
    ejemplo={**_EJEMPLO, "lugar": {"nombre": "Persona de ejemplo"}, "por": "Facilitadora de ejemplo"},
    siempre=FIRMA,
    boton="Ver el acta y sus firmas",
)
PUBLICADA = Clase(
    clave="acta.publicada",
    nombre="Se publicó un acta",
    cuando="Al publicarse el acta o su fe de erratas",
    quienes="A quienes integraban el órgano ese día, a quienes lo integran hoy y a quienes la firman",
    asunto="{que}: {titulo}",
    plantilla="avisos/correo/acta_publicada.txt",
    ejemplo={**_EJEMPLO, "que": "Acta publicada"},
    boton="Leer el acta",
)
RECORDATORIO = Clase(
    clave="acta.recordatorio",
    nombre="Recordatorio de actas por revisar o firmar",
    cuando="Dos días hábiles antes de que venza la revisión y el último día; la firma, cada tercer día hábil",
    quienes="A quien todavía no revisa o no firma; uno al día cuando mucho",
    asunto="{dicho}",
    plantilla="avisos/correo/recordatorio.txt",
    ejemplo={
        "dicho": "Firmar el acta de la I Sesión Ordinaria",
        "persona": {"formal": "Persona de ejemplo"},
        "pendientes": [
            {
                "que": "Firmar el acta de la I Sesión Ordinaria",
                "liga": "https://portal.example/mesa/ejemplo/i-ordinaria-2026/acta/firma/",
            }
        ],
    },
)


def registrar() -> None:
    """Se llama desde el paquete; repetirlo no duplica nada."""
    apuntar(REVISION, RESPUESTAS, REVISION_CERRADA, PEDIR_FIRMA, AUTOGRAFA, PUBLICADA, RECORDATORIO)
