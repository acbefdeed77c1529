"""Convocatorias emitidas, tal como se avisaron, y recesos de la sesión."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from stl_portal.archivo.models import Archivo

from .sesiones import Sesion


class Receso(models.Model):
    """Suspensión y reanudación dentro de la sesión."""

    sesion = models.ForeignKey(Sesion, on_delete=models.CASCADE, related_name="recesos")
    inicio = models.TimeField("se suspende")
    fin = models.TimeField("se reanuda", null=True, blank=True)
    motivo = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("inicio",)
        constraints = (
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("inicio")),
                name="receso_en_orden",
                violation_error_message="La reanudación no puede ser anterior a la suspensión.",
            ),
        )

    def __str__(self) -> str:
        return f"Receso de {self.inicio:%H:%M}"

    @classmethod
    def anotar(cls, sesion: Sesion, **campos: Any) -> Self:
        """Anota una suspensión, mientras la sesión se pueda editar."""
        with sesion.en_edicion() as fila:
            fila.exigir_hora(campos.get("inicio"), "inicio")
            receso = cls(sesion=fila, **campos)
            receso.full_clean()
            receso.save()
        return receso

    def quitar(self) -> None:
        """Quita una suspensión anotada por error."""
        with self.sesion.en_edicion():
            self.delete()


class Convocatoria(models.Model):
    """Aviso emitido. Enmendar crea otra: las anteriores quedan como se enviaron."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="convocatorias")
    secuencia = models.PositiveSmallIntegerField(default=0)  # SEQUENCE del calendario (RFC 5545)
    emitida_el = models.DateTimeField()
    emitida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo = models.CharField("motivo de la enmienda", max_length=300, blank=True)
    contenido = models.JSONField()  # fecha, hora, lugar y orden del día como se avisaron
    aviso = models.CharField("cumplimiento del plazo", max_length=300, blank=True)
    pdf = models.ForeignKey(Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "convocatoria"
        ordering = ("secuencia",)
        constraints = (
            models.UniqueConstraint(fields=("sesion", "secuencia"), name="convocatoria_secuencia_unica"),
        )

    def __str__(self) -> str:
        return f"Convocatoria {self.secuencia + 1} de {self.sesion}"
