"""La vida de una pregunta de la ciudadanía, en una pantalla."""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class Tipo(models.TextChoices):
    """Qué quiere quien escribe: solo la pregunta obliga a responder en plazo."""

    PREGUNTA = "pregunta", "Pregunta"
    COMENTARIO = "comentario", "Comentario"


class EstadoPregunta(models.TextChoices):
    """En qué va. «Vencida» y «tarde» no son estados: los da la fecha."""

    RECIBIDA = "recibida", "Por confirmar el correo"
    CONFIRMADA = "confirmada", "Por moderar"
    PUBLICADA = "publicada", "Publicada"
    RECHAZADA = "rechazada", "No se publicó"
    RESPONDIDA = "respondida", "Respondida"
    RETIRADA = "retirada", "Retirada"


E = EstadoPregunta
PUBLICAS = frozenset({E.PUBLICADA, E.RESPONDIDA})  # las que cualquiera lee, con su texto
CERRADAS = frozenset({E.RECHAZADA, E.RETIRADA})

TRANSICIONES_PREGUNTA: Mapping[str, Transicion] = {
    "confirmar": paso(E.RECIBIDA, hacia=E.CONFIRMADA, dicho="confirmar el correo"),
    "publicar": paso(E.CONFIRMADA, hacia=E.PUBLICADA, dicho="publicar"),
    "rechazar": paso(E.CONFIRMADA, hacia=E.RECHAZADA, dicho="rechazar"),
    "responder": paso(E.PUBLICADA, hacia=E.RESPONDIDA, dicho="responder"),
    "corregir": paso(E.RESPONDIDA, hacia=E.RESPONDIDA, dicho="corregir la respuesta"),
    "retirar": paso(*PUBLICAS, hacia=E.RETIRADA, dicho="retirar"),
}


# Cómo se cuenta, en su historia, cada paso que dio.
HECHO = {
    "confirmar": "Se confirmó el correo",
    "publicar": "Se publicó",
    "rechazar": "No se publicó",
    "responder": "Se respondió",
    "corregir": "Se corrigió la respuesta",
    "retirar": "Se retiró",
}


class MotivoRechazo(models.TextChoices):
    """Por qué no se publica; quien escribió lo recibe en su correo."""

    DATOS = "datos", "Trae datos personales de alguien"
    AJENA = "ajena", "No trata del compromiso o acuerdo"
    OFENSIVA = "ofensiva", "Ofende o amenaza a una persona"
    PUBLICIDAD = "publicidad", "Es publicidad o propaganda"
    REPETIDA = "repetida", "Ya se preguntó lo mismo"
    ILEGIBLE = "ilegible", "No se entiende lo que se pide"
