"""El calendario del plan: hitos con fecha que dicen si una acción va como se previó."""

import datetime as dt

from django.db import models
from django.db.models import Q

from .plan import Accion, Compromiso


class Hito(models.Model):
    """Algo que debe haber ocurrido a una fecha, en un compromiso o en una de sus acciones."""

    compromiso = models.ForeignKey(Compromiso, on_delete=models.CASCADE, related_name="hitos")
    accion = models.ForeignKey(
        Accion, null=True, blank=True, on_delete=models.CASCADE, related_name="hitos", verbose_name="acción"
    )
    nombre = models.CharField(max_length=250)
    previsto = models.DateField("fecha prevista")
    cumplido = models.DateField("fecha en que se cumplió", null=True, blank=True)
    nota = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = "hito"
        verbose_name_plural = "hitos"
        ordering = ("previsto", "pk")
        constraints = (
            models.UniqueConstraint(fields=("compromiso", "nombre"), name="hito_una_vez"),
            models.CheckConstraint(condition=~Q(nombre=""), name="hito_con_nombre"),
        )

    def __str__(self) -> str:
        return self.nombre

    def atrasado(self, al: dt.date) -> bool:
        """Si a esa fecha ya debía haberse cumplido y no consta."""
        return self.previsto < al and (self.cumplido is None or self.cumplido > al)
