"""Vocabulario y vida de un evento de la agenda, en una pantalla."""

from collections.abc import Mapping

from django.db import models

from stl_portal.transiciones import Transicion, paso


class TipoEvento(models.TextChoices):
    """Qué clase de actividad es."""

    EVENTO = "evento", "Evento"
    PANEL = "panel", "Panel"
    CURSO = "curso", "Curso"
    FORO = "foro", "Foro"
    TALLER = "taller", "Taller"
    OTRA = "otra", "Otra actividad"


class EstadoEvento(models.TextChoices):
    """En qué va. Un borrador solo lo lee quien lee la mesa; lo demás es público para siempre."""

    BORRADOR = "borrador", "Borrador"
    PUBLICADO = "publicado", "Publicado"
    CELEBRADO = "celebrado", "Celebrado"
    CANCELADO = "cancelado", "Cancelado"


class Papel(models.TextChoices):
    """Qué hace en el evento quien participa."""

    PONENTE = "ponente", "Ponente"
    PANELISTA = "panelista", "Panelista"
    MODERA = "modera", "Modera"
    IMPARTE = "imparte", "Imparte"


class Red(models.TextChoices):
    """En qué red social o canal se midió."""

    FACEBOOK = "facebook", "Facebook"
    INSTAGRAM = "instagram", "Instagram"
    X = "x", "X (antes Twitter)"
    YOUTUBE = "youtube", "YouTube"
    TIKTOK = "tiktok", "TikTok"
    LINKEDIN = "linkedin", "LinkedIn"
    SITIO = "sitio", "Sitio web"
    OTRA = "otra", "Otra"


class Medida(models.TextChoices):
    """Qué se contó."""

    SEGUIDORES = "seguidores", "Personas que siguen la cuenta"
    PUBLICACIONES = "publicaciones", "Publicaciones"
    ALCANCE = "alcance", "Alcance"
    IMPRESIONES = "impresiones", "Impresiones"
    INTERACCIONES = "interacciones", "Interacciones"
    REPRODUCCIONES = "reproducciones", "Reproducciones"
    VISITAS = "visitas", "Visitas"


PUBLICOS = (EstadoEvento.PUBLICADO, EstadoEvento.CELEBRADO, EstadoEvento.CANCELADO)

TRANSICIONES_EVENTO: Mapping[str, Transicion] = {
    "publicar": paso(EstadoEvento.BORRADOR, hacia=EstadoEvento.PUBLICADO, dicho="publicar"),
    "celebrar": paso(EstadoEvento.PUBLICADO, hacia=EstadoEvento.CELEBRADO, dicho="dar por celebrado"),
    "cancelar": paso(EstadoEvento.PUBLICADO, hacia=EstadoEvento.CANCELADO, dicho="cancelar"),
}
