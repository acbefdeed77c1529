"""La vida de un acta por transcribir, en una pantalla."""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class EstadoTranscripcion(models.TextChoices):
    """En qué va."""

    POR_CONFIRMAR = "por_confirmar", "Por confirmar"
    CONFIRMADA = "confirmada", "Capturada como sesión"
    DESCARTADA = "descartada", "Descartada"


E = EstadoTranscripcion
TRANSICIONES: Mapping[str, Transicion] = {
    "confirmar": paso(E.POR_CONFIRMAR, hacia=E.CONFIRMADA, dicho="confirmar la transcripción"),
    "descartar": paso(E.POR_CONFIRMAR, hacia=E.DESCARTADA, dicho="descartar la transcripción"),
}


class Lugar(models.TextChoices):
    """Cómo estuvo una persona, según el acta."""

    TITULAR = "titular", "Titular de un asiento"
    SUPLENTE = "suplente", "Suplente en un asiento"
    FACILITADORA = "facilitadora", "Persona facilitadora"
    ACOMPANA = "acompana", "Acompaña a quien ocupa el asiento"
    INVITADA = "invitada", "Invitada o invitado"
    PONENTE = "ponente", "Ponente"
    AUSENTE = "ausente", "No asistió"


CON_ASIENTO = frozenset({Lugar.TITULAR, Lugar.SUPLENTE, Lugar.FACILITADORA, Lugar.ACOMPANA, Lugar.AUSENTE})
