"""Lo que alguien hizo y no deja historia propia: entrar, salir, cambiar un registro, descargarla."""

from typing import ClassVar

from django.db import models

from stl_portal.guardas import Sellada


class Acto(models.Model):
    """Quién, cuándo, desde dónde, qué y sobre qué, encadenado al anterior: no se corrige ni se borra.

    La cuenta va por su número y el nombre que tenía ese día: así consta aunque después cambie.
    """

    SELLADA: ClassVar[Sellada] = Sellada("lo que consta en la auditoría no se cambia ni se borra")

    n = models.PositiveBigIntegerField("número", primary_key=True)
    cuando = models.DateTimeField("cuándo", db_index=True)
    que = models.CharField("qué hizo", max_length=80)
    cuenta = models.PositiveBigIntegerField("número de la cuenta", null=True)
    quien = models.CharField("quién", max_length=200, blank=True)
    organo = models.CharField("clave del órgano", max_length=40, blank=True, help_text="Vacía: el portal.")
    sobre = models.CharField("sobre qué", max_length=300, blank=True)
    detalle = models.TextField("detalle", blank=True)
    direccion = models.GenericIPAddressField("dirección de red", null=True)
    prev = models.CharField("hash del anterior", max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "acto auditado"
        verbose_name_plural = "actos auditados"
        ordering = ("n",)

    def __str__(self) -> str:
        return f"{self.n} · {self.que}"
