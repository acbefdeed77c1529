"""Los mensajes sobre una pregunta o un comentario de la ciudadanía."""

import datetime as dt
from typing import Any

from stl_portal.avisos.clases import A_PEDIDO, Clase, apuntar

DE_QUIEN_PREGUNTA = "avisos/correo/pregunta_de_quien_pregunta.txt"
DE_QUIEN_ATIENDE = "avisos/correo/pregunta_de_quien_atiende.txt"

_EJEMPLO: dict[str, Any] = {
    "tipo": "pregunta",
    "folio": "P-2026-0001",
    "pregunta": {
        "texto": "¿Cuándo se publica el informe del segundo bimestre?",
        "folio": "P-2026-0001",
        "tipo": "pregunta",
        "es_pregunta": True,
        "quien": "Una vecina",
        "vence": dt.date(2026, 12, 4),
        "dias": 10,
        "get_motivo_display": "No es de este órgano",
        "explicacion": "Le toca a otra dependencia.",
        "por_que_se_retiro": "Tenía datos personales.",
    },
    "objeto": {"titulo": "Compromiso 1.1"},
    "organo": {"corto": "Secretariado de ejemplo", "ficticio": True},
    "respuesta": {"de_quien": "Institución de ejemplo", "texto": "Se publica en diciembre."},
    "nombre": "Persona de ejemplo",
    "liga": "https://portal.example/preguntas/P-2026-0001/",
    "liga_para_escribir": "https://portal.example/preguntas/compromiso/2026/1.1/nueva/",
    "liga_personal": "https://portal.example/preguntas/confirmar/ejemplo/",
    "dias": 3,
    "guardar": 30,
}


def _de_quien_pregunta(acto: str, nombre: str, cuando: str, asunto: str, boton: str = "Verla") -> Clase:
    return Clase(
        clave=f"pregunta.{acto}",
        nombre=nombre,
        cuando=cuando,
        quienes="A quien preguntó o comentó, si confirmó su correo o para que lo confirme",
        asunto=asunto,
        plantilla=DE_QUIEN_PREGUNTA,
        ejemplo={**_EJEMPLO, "acto": acto},
        siempre=A_PEDIDO,
        boton=boton,
    )


# Por el acto que cuentan.
A_QUIEN_PREGUNTO = {
    "confirmar": _de_quien_pregunta(
        "confirmar", "Confirmar lo que se escribió", "Al enviar la forma", "Confirma tu {tipo}", "Confirmar"
    ),
    "publicada": _de_quien_pregunta(
        "publicada", "Ya se puede leer", "Al publicarse la pregunta", "Ya se publicó tu {tipo}"
    ),
    "rechazada": _de_quien_pregunta(
        "rechazada",
        "No se publicó",
        "Al rechazarse la pregunta",
        "No se publicó tu {tipo}",
        "Escribirla otra vez",
    ),
    "respondida": _de_quien_pregunta(
        "respondida", "Respondieron", "Al responderse", "Respondieron tu {tipo}"
    ),
    "corregida": _de_quien_pregunta(
        "corregida",
        "Corrigieron la respuesta",
        "Al corregirse la respuesta",
        "Corrigieron la respuesta a tu {tipo}",
    ),
    "retirada": _de_quien_pregunta(
        "retirada", "Se retiró", "Al retirarse de lo público", "Se retiró tu {tipo}"
    ),
}
MODERAR = Clase(
    clave="pregunta.moderar",
    nombre="Una pregunta por moderar",
    cuando="Cuando alguien confirma lo que escribió",
    quienes="A quienes conducen el órgano",
    asunto="Hay una pregunta por moderar",
    plantilla=DE_QUIEN_ATIENDE,
    ejemplo={**_EJEMPLO, "acto": "moderar"},
    boton="Decidir si se publica",
)
RESPONDER = Clase(
    clave="pregunta.responder",
    nombre="Te toca responder una pregunta",
    cuando="Al publicarse la pregunta",
    quienes="A quienes ocupan el asiento responsable; si no hay, a quienes conducen",
    asunto="Te toca responder la pregunta {folio}",
    plantilla=DE_QUIEN_ATIENDE,
    ejemplo={**_EJEMPLO, "acto": "responder"},
    siempre="Desde ese día corre un plazo público para responder.",
    boton="Responder",
)
RECORDATORIO = Clase(
    clave="pregunta.recordatorio",
    nombre="Falta responder una pregunta",
    cuando="Dos días hábiles antes de que venza, el último día y al día siguiente",
    quienes="A quienes responden; ya vencida, también a quienes conducen",
    asunto="{dicho}",
    plantilla="avisos/correo/recordatorio_de_preguntas.txt",
    ejemplo={
        "dicho": "Está por vencer la pregunta P-2026-0001",
        "nombre": "Persona de ejemplo",
        "renglones": [
            (
                {**_EJEMPLO, "plazo": "Vence en 2 días hábiles"},
                "https://portal.example/gestion/preguntas/1/",
            )
        ],
    },
    boton="Responder",
)


def registrar() -> None:
    """Se llama desde `apuntar_todo`; repetirlo no duplica nada."""
    apuntar(*A_QUIEN_PREGUNTO.values(), MODERAR, RESPONDER, RECORDATORIO)
