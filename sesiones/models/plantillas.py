"""Con qué nace y se escribe una sesión: la biblioteca de frases y la plantilla del orden del día."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models

from sesiones.estados import TipoPunto, TipoSesion

from .organos import Organo


class FraseQuerySet(models.QuerySet["Frase"]):
    """Preguntas sobre frases."""

    def del_organo(self, organo: Organo) -> Self:
        """Las propias del órgano y las que sirven a todos."""
        return self.filter(models.Q(organo=organo) | models.Q(organo=None))


class Frase(models.Model):
    """Frase de la biblioteca que la facilitadora inserta al escribir."""

    organo = models.ForeignKey(
        Organo,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="frases",
        help_text="Vacío: para todos los órganos.",
    )
    nombre = models.CharField(max_length=60)
    texto = models.CharField(max_length=500)
    orden = models.PositiveSmallIntegerField(default=0)

    objects = FraseQuerySet.as_manager()

    class Meta:
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.nombre


class PuntoPlantilla(models.Model):
    """Punto del orden del día con el que nace cada sesión del órgano."""

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="plantilla")
    tipo_sesion = models.CharField(
        "tipo de sesión",
        max_length=20,
        choices=TipoSesion.choices,
        blank=True,
        help_text="Vacío: para todos los tipos.",
    )
    tipo = models.CharField(max_length=20, choices=TipoPunto.choices, default=TipoPunto.ASUNTO)
    titulo = models.CharField(max_length=500)
    orden = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(500)])

    class Meta:
        verbose_name = "punto de plantilla"
        verbose_name_plural = "plantilla del orden del día"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.titulo
