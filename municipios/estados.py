"""Vocabulario y vida de lo municipal: situaciones de una etapa, cortes e informes trimestrales."""

from collections.abc import Mapping

from django.db import models

from stl_portal.publico import registro
from stl_portal.transiciones import Transicion, paso


class Avance(models.TextChoices):
    """Qué tanto significa una situación, de menos a más; de aquí salen el color y la trama del mapa.

    «Sin información» no es «no iniciado»: lo primero es no saber; lo segundo, saber que no hay nada.
    """

    SIN_INFORMACION = "sin_informacion", "Sin información"
    NO_INICIADO = "no_iniciado", "No iniciado"
    EN_PROCESO = "en_proceso", "En proceso"
    CUMPLIDO = "cumplido", "Cumplido"


ORDEN_DE_AVANCE = tuple(Avance.values)


class QueHecho(models.TextChoices):
    """Qué hecho público del portal cumple por sí solo una etapa."""

    INSTALACION = registro.INSTALACION, "Se publicó el acta de su sesión de instalación"
    CAPACITACION = "capacitacion", "Consta en una capacitación publicada"
    PLAN = registro.PLAN, "Su secretariado publicó su plan de acción"


class EstadoCorte(models.TextChoices):
    """Vida de un corte municipal."""

    BORRADOR = "borrador", "En preparación"
    PUBLICADO = "publicado", "Publicado"


TRANSICIONES_CORTE: Mapping[str, Transicion] = {
    "publicar": paso(EstadoCorte.BORRADOR, hacia=EstadoCorte.PUBLICADO, dicho="publicar el corte"),
}


class EstadoInforme(models.TextChoices):
    """Vida de un informe trimestral."""

    BORRADOR = "borrador", "En preparación"
    ENTREGADO = "entregado", "Entregado"
    PRESENTADO = "presentado", "Presentado en sesión"


I = EstadoInforme  # noqa: E741

TRANSICIONES_INFORME: Mapping[str, Transicion] = {
    "entregar": paso(I.BORRADOR, hacia=I.ENTREGADO, dicho="entregar el informe"),
    "devolver": paso(I.ENTREGADO, hacia=I.BORRADOR, dicho="devolver el informe"),
    "presentar": paso(I.ENTREGADO, hacia=I.PRESENTADO, dicho="presentar el informe en sesión"),
    "retirar": paso(I.PRESENTADO, hacia=I.ENTREGADO, dicho="retirar el informe de la sesión"),
}


class Apartado(models.TextChoices):
    """De qué trata cada apartado de un mes del informe trimestral."""

    ACTIVIDADES = "actividades", "Actividades"
    REUNIONES = "reuniones", "Reuniones"
    DIFUSION = "difusion", "Difusión"
    RESULTADOS = "resultados", "Resultados"


class ClaseEvento(models.TextChoices):
    """Qué se hizo con los municipios."""

    CAPACITACION = "capacitacion", "Capacitación"
    EVENTO = "evento", "Evento"
    REUNION = "reunion", "Reunión de acompañamiento"
