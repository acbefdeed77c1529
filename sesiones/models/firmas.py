"""Quién firma el acta: lista aparte de la asistencia y del padrón de votantes."""

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction

from .asistencia import Asistencia
from .organos import QuienFirma
from .personas import Persona
from .sesiones import Sesion


class Firmante(models.Model):
    """Quién firma el acta. No es la lista de asistencia: cada diferencia queda explicada."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="firmantes")
    asistencia = models.ForeignKey(
        Asistencia, null=True, blank=True, on_delete=models.PROTECT, related_name="firmas"
    )
    persona = models.ForeignKey(
        Persona, null=True, blank=True, on_delete=models.PROTECT, related_name="firmas"
    )
    nombre = models.CharField(max_length=220)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField("institución", max_length=200, blank=True)
    orden = models.PositiveSmallIntegerField(default=0)
    explicacion = models.CharField(
        "por qué firma sin haber asistido, o asistió sin firmar", max_length=300, blank=True
    )

    class Meta:
        verbose_name = "firmante"
        verbose_name_plural = "firmantes"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.nombre

    @classmethod
    def segun_regla(cls, sesion: Sesion) -> list[Self]:
        """Quienes deben firmar según la regla: ocupantes de asiento (y la facilitadora, si firma)."""
        con_facilitadora = sesion.regla.quien_firma == QuienFirma.ASISTENTES_Y_FACILITADORA
        asistencias = sesion.asistencias.de_asientos().presentes().filter(ocupa_asiento=True).con_personas()
        return [cls.de(a) for a in asistencias if a.asiento and (con_facilitadora or not a.asiento.facilita)]

    @classmethod
    def proponer(cls, sesion: Sesion) -> list[Self]:
        """Reemplaza la lista de firmas por la que dice la regla."""
        filas = cls.segun_regla(sesion)
        with transaction.atomic():
            sesion.firmantes.all().delete()
            cls.objects.bulk_create(filas)
        return filas

    @classmethod
    def de(cls, asistencia: Asistencia) -> Self:
        """Firmante a partir de una asistencia, con los datos congelados de ese día."""
        return cls(
            sesion_id=asistencia.sesion_id,
            asistencia=asistencia,
            persona=asistencia.persona,
            nombre=asistencia.formal,
            cargo=asistencia.cargo,
            institucion=asistencia.institucion,
            orden=asistencia.orden,
        )

    @classmethod
    def agregar(cls, sesion: Sesion, **campos: Any) -> Self:
        """Agrega a quien firma sin estar en la propuesta; si no asistió, debe explicarse."""
        if not campos.get("explicacion"):
            raise ValidationError(
                {"explicacion": "Explica por qué firma si no está en la lista de asistencia."}
            )
        fila = cls(sesion=sesion, orden=900, **campos)
        fila.full_clean()
        fila.save()
        return fila
