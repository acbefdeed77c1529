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


class EstadoReporte(models.TextChoices):
    """Vida de un reporte bimestral. «No reportó» no es un estado: es que no hay reporte y venció el plazo."""

    BORRADOR = "borrador", "En borrador"
    ENVIADO = "enviado", "Enviado, en revisión"
    OBSERVADO = "observado", "Con observaciones"
    VALIDADO = "validado", "Validado"
    PUBLICADO = "publicado", "Publicado"


ABIERTO = (EstadoReporte.BORRADOR, EstadoReporte.OBSERVADO)  # quien lo prepara puede escribir

TRANSICIONES_REPORTE: Mapping[str, Transicion] = {
    "enviar": paso(*ABIERTO, hacia=EstadoReporte.ENVIADO, dicho="enviar el reporte"),
    "devolver": paso(EstadoReporte.ENVIADO, hacia=EstadoReporte.OBSERVADO, dicho="devolver el reporte"),
    "validar": paso(EstadoReporte.ENVIADO, hacia=EstadoReporte.VALIDADO, dicho="validar el reporte"),
    "publicar": paso(EstadoReporte.VALIDADO, hacia=EstadoReporte.PUBLICADO, dicho="publicar el reporte"),
    "corregir": paso(
        EstadoReporte.PUBLICADO,
        EstadoReporte.VALIDADO,
        hacia=EstadoReporte.OBSERVADO,
        dicho="abrir la corrección",
    ),
}


class Veredicto(models.TextChoices):
    """Lo que la revisión dice de un renglón o de una acción."""

    VALIDADO = "validado", "Validado"
    OBSERVADO = "observado", "Observado"


class RevisionEvidencia(models.TextChoices):
    """Lo que la revisión dice de una evidencia."""

    VERIFICADA = "verificada", "Verificada"
    OBSERVADA = "observada", "Observada"
