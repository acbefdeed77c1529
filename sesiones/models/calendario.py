"""Calendario anual de sesiones: se aprueba por acuerdo y se enmienda con otro."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from sesiones.estados import TRANSICIONES_CALENDARIO, EstadoCalendario, TipoSesion
from stl_portal.transiciones import CambioDeEstado, ConEstado, TransicionInvalida

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

    @contextmanager
    def _bloqueado(self) -> Iterator[None]:
        """Los calendarios del órgano se cambian de uno en uno; dentro, esta fila es la de la base."""
        with transaction.atomic():
            Organo.objects.select_for_update().get(pk=self.organo_id)
            self.refresh_from_db()
            yield

    def _exigir_aprobado(self, dicho: str) -> None:
        """Lanza `TransicionInvalida` si todavía es propuesta o ya lo sustituyó otro."""
        if self.estado != EstadoCalendario.APROBADO:
            raise TransicionInvalida(
                f"No se puede {dicho}: el calendario está «{self.get_estado_display()}» "
                "y solo procede con uno aprobado."
            )

    def aprobar(self, por: Any, *, acuerdo: Acuerdo, **extra: Any) -> None:
        """Lo aprueba un acuerdo; el calendario al que enmienda queda sustituido.

        Lanza `TransicionInvalida` si no es propuesta y `ValidationError` si no tiene fechas, si el
        acuerdo es de otro órgano o si el año ya tiene un calendario aprobado que este no enmienda.
        """
        with self._bloqueado():
            self.exigir("aprobar")
            if acuerdo.sesion.organo_id != self.organo_id:
                raise ValidationError({"acuerdo": "El acuerdo es de otro órgano."})
            if not self.fechas.exists():
                raise ValidationError("El calendario no tiene fechas: agrégalas antes de aprobarlo.")
            if self.sustituye is not None:
                self.sustituye.cambiar("sustituir", por, nota=str(acuerdo))
            iguales = Calendario.objects.filter(organo=self.organo_id, anio=self.anio)
            if iguales.filter(estado=EstadoCalendario.APROBADO).exists():
                raise ValidationError(
                    f"Ya hay un calendario aprobado para {self.anio}: para cambiarlo, enmiéndalo."
                )
            self.cambiar("aprobar", por, acuerdo=acuerdo, **extra)

    def enmendar(self, por: Any) -> "Calendario":
        """La propuesta que, al aprobarse, sustituye a este: una copia de sus fechas, o la que ya se abrió.

        Lanza `TransicionInvalida` si no está aprobado.
        """
        with self._bloqueado():
            self._exigir_aprobado("enmendar")
            nuevo, nacio = Calendario.objects.get_or_create(
                sustituye=self, defaults={"organo": self.organo, "anio": self.anio}
            )
            for fecha in self.fechas.all() if nacio else ():
                nuevo.fechas.create(tipo=fecha.tipo, fecha=fecha.fecha, hora=fecha.hora, sesion=fecha.sesion)
        return nuevo

    def programar(self, fecha: int, por: Any, **campos: Any) -> tuple[Sesion, bool]:
        """La sesión de una de sus fechas, y si nació ahora; dos toques no crean dos.

        `campos` son lo que la fecha no dice (sede, modalidad, hora si falta). Lanza
        `TransicionInvalida` si el calendario no está aprobado y `FechaCalendario.DoesNotExist`
        si la fecha no es suya.
        """
        with self._bloqueado():
            self._exigir_aprobado("programar la sesión")
            renglon = self.fechas.select_related("sesion").get(pk=fecha)
            if renglon.sesion is not None:
                return renglon.sesion, False
            if renglon.hora:
                campos["hora"] = renglon.hora
            renglon.sesion = Sesion.programar(
                self.organo, tipo=renglon.tipo, fecha=renglon.fecha, por=por, **campos
            )
            renglon.save(update_fields=["sesion"])
        return renglon.sesion, True


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
        ordering = ("fecha", "hora", "pk")

    def __str__(self) -> str:
        return f"{self.get_tipo_display()}, {self.fecha:%d/%m/%Y}"
