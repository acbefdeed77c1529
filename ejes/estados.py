"""Vocabulario y vida de las cosas de `ejes`, en una pantalla."""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class EstadoPlan(models.TextChoices):
    """Vida de un plan de acción."""

    BORRADOR = "borrador", "Borrador"
    PUBLICADO = "publicado", "Publicado"


TRANSICIONES_PLAN: Mapping[str, Transicion] = {
    "publicar": paso(EstadoPlan.BORRADOR, hacia=EstadoPlan.PUBLICADO, dicho="publicar el plan"),
}


class EstadoCorte(models.TextChoices):
    """Vida de un corte: la fotografía del avance a una fecha."""

    BORRADOR = "borrador", "En preparación"
    PUBLICADO = "publicado", "Publicado"


TRANSICIONES_CORTE: Mapping[str, Transicion] = {
    "publicar": paso(EstadoCorte.BORRADOR, hacia=EstadoCorte.PUBLICADO, dicho="publicar el corte"),
}
