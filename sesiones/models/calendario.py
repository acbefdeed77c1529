"""Calendario anual de sesiones: se aprueba por acuerdo y se enmienda con otro."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from sesiones.estados import TRANSICIONES_CALENDARIO, EstadoCalendario, TipoSesion
from stl_portal.transiciones import CambioDeEstado, ConEstado

from .acuerdos import Acuerdo
from .organos import Organo
from .sesiones import Sesion


class Calendario(ConEstado):
    """Fechas propuestas o aprobadas para un año. Enmendar crea otro que lo sustituye."""

    TRANSICIONES = TRANSICIONES_CALENDARIO

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="calendarios")
    anio = models.PositiveSmallIntegerField("año")
    estado = models.CharField(
        max_length=20, choices=EstadoCalendario.choices, default=EstadoCalendario.PROPUESTO
    )
    acuerdo = models.ForeignKey(
        Acuerdo,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="calendarios",
        verbose_name="acuerdo que lo aprueba",
    )
    sustituye = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sustituido_por"
    )

    class Meta:
        verbose_name = "calendario de sesiones"
        verbose_name_plural = "calendarios de sesiones"
        ordering = ("-anio", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "anio"),
                condition=Q(estado="aprobado"),
                name="calendario_un_aprobado_por_anio",
                violation_error_message="Ya hay un calendario aprobado para ese año.",
            ),
        )

    def __str__(self) -> str:
        return f"Calendario {self.anio} ({self.get_estado_display().lower()})"

    def aprobar(self, por: Any, *, acuerdo: Acuerdo, **extra: Any) -> None:
        """Lo aprueba un acuerdo; el calendario al que enmienda queda sustituido."""
        if acuerdo.sesion.organo_id != self.organo_id:
            raise ValidationError({"acuerdo": "El acuerdo es de otro órgano."})
        with transaction.atomic():
            if self.sustituye is not None:
                self.sustituye.cambiar("sustituir", por, nota=str(acuerdo))
            self.cambiar("aprobar", por, acuerdo=acuerdo, **extra)

    def enmendar(self, por: Any) -> "Calendario":
        """Copia las fechas a una propuesta nueva que, al aprobarse, sustituye a este."""
        if self.estado != EstadoCalendario.APROBADO:
            raise ValidationError("Solo se enmienda un calendario aprobado.")
        with transaction.atomic():
            nuevo = Calendario.objects.create(organo=self.organo, anio=self.anio, sustituye=self)
            for fecha in self.fechas.all():
                nuevo.fechas.create(tipo=fecha.tipo, fecha=fecha.fecha, hora=fecha.hora, sesion=fecha.sesion)
        return nuevo


class CambioCalendario(CambioDeEstado):
    """Historia del calendario."""

    objeto = models.ForeignKey(Calendario, on_delete=models.CASCADE, related_name="historia")


class FechaCalendario(models.Model):
    """Una fecha del calendario y, cuando existe, la sesión programada."""

    calendario = models.ForeignKey(Calendario, on_delete=models.CASCADE, related_name="fechas")
    tipo = models.CharField(max_length=20, choices=TipoSesion.choices, default=TipoSesion.ORDINARIA)
    fecha = models.DateField()
    hora = models.TimeField(null=True, blank=True)
    sesion = models.ForeignKey(
        Sesion, null=True, blank=True, on_delete=models.PROTECT, related_name="fechas_de_calendario"
    )

    class Meta:
        verbose_name = "fecha"
        ordering = ("fecha", "hora")

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}, {self.fecha:%d/%m/%Y}"
