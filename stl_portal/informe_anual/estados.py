"""La vida de un informe anual, en una pantalla."""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class EstadoInforme(models.TextChoices):
    """En qué va. Que otro lo haya sustituido no es un estado: lo dice la corrección publicada."""

    BORRADOR = "borrador", "En preparación"
    PUBLICADO = "publicado", "Publicado"


TRANSICIONES_INFORME: Mapping[str, Transicion] = {
    "publicar": paso(EstadoInforme.BORRADOR, hacia=EstadoInforme.PUBLICADO, dicho="publicar el informe"),
}
