"""La revisión del borrador: rondas con plazo, quién revisa, qué observa y cómo se atendió."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from sesiones.estados import Atencion, RespuestaRevision

from .actas import Acta
from .personas import Persona


class Ronda(models.Model):
    """Una vuelta de revisión. Guarda el texto que se circuló: contra él se lee lo observado.

    `parrafos` es la lista de bloques como se leían: clave, rótulo y texto llano.
    """

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="rondas")
    numero = models.PositiveSmallIntegerField("número")
    abierta_el = models.DateTimeField()
    vence = models.DateField("último día para responder", null=True, blank=True)
    cerrada_el = models.DateTimeField(null=True, blank=True)
    parrafos = models.JSONField()

    class Meta:
        verbose_name = "ronda de revisión"
        verbose_name_plural = "rondas de revisión"
        ordering = ("numero",)
        constraints = (
            models.UniqueConstraint(fields=("acta", "numero"), name="ronda_numero_unico"),
            models.UniqueConstraint(
                fields=("acta",), condition=Q(cerrada_el__isnull=True), name="ronda_una_abierta_por_acta"
            ),
        )

    def __str__(self) -> str:
        return f"Ronda {self.numero}"

    def abierta(self, al: dt.date) -> bool:
        """Si todavía se puede responder ese día; el último día del plazo cuenta completo."""
        return self.cerrada_el is None and not self.vencida(al)

    def vencida(self, al: dt.date) -> bool:
        """Si su plazo ya pasó."""
        return self.vence is not None and al > self.vence

    def faltan(self) -> "models.QuerySet[Revisor]":
        """Quienes no han respondido."""
        return self.revisores.filter(respuesta=RespuestaRevision.SIN_RESPUESTA)

    def observaciones(self) -> "models.QuerySet[Observacion]":
        """Todo lo observado en la ronda, en el orden en que llegó."""
        return Observacion.objects.filter(revisor__ronda=self).select_related("revisor", "atendida_por")


class Revisor(models.Model):
    """A quién se pidió revisar en una ronda y qué respondió. El nombre queda como estaba ese día."""

    ronda = models.ForeignKey(Ronda, on_delete=models.PROTECT, related_name="revisores")
    persona = models.ForeignKey(Persona, on_delete=models.PROTECT, related_name="revisiones")
    nombre = models.CharField(max_length=220)
    institucion = models.CharField("institución", max_length=200, blank=True)
    respuesta = models.CharField(
        max_length=20, choices=RespuestaRevision.choices, default=RespuestaRevision.SIN_RESPUESTA, blank=True
    )
    respondio_el = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "persona que revisa"
        verbose_name_plural = "personas que revisan"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("ronda", "persona"), name="revisor_una_vez_por_ronda"),
        )

    def __str__(self) -> str:
        return self.nombre

    def conformar(self, cuando: dt.datetime) -> None:
        """«Sin observaciones». Repetirlo no cambia nada; lanza `ValidationError` si ya observó o se cerró."""
        with transaction.atomic():
            fila = _abierto(self, cuando)
            if fila.respuesta == RespuestaRevision.OBSERVA:
                raise ValidationError(
                    "Ya hiciste observaciones en esta ronda: retíralas antes si ya no valen.", code="estado"
                )
            fila._responder(RespuestaRevision.CONFORME, cuando)

    def observar(
        self, cuando: dt.datetime, *, texto: str, clave: str = "", renglon: int | None = None
    ) -> "Observacion":
        """Anota una observación sobre un párrafo, un renglón impreso o el acta entera.

        Conserva las palabras que esa persona leía: el ancla sobrevive aunque el párrafo se reescriba.
        """
        with transaction.atomic():
            fila = _abierto(self, cuando)
            observacion = Observacion(
                revisor=fila,
                clave=clave,
                renglon=renglon,
                texto=texto,
                cita=fila._cita(clave),
                creada_el=cuando,
            )
            observacion.full_clean()
            observacion.save()
            fila._responder(RespuestaRevision.OBSERVA, cuando)
        return observacion

    def _cita(self, clave: str) -> str:
        """El párrafo que se circuló con esa clave. Lanza `ValidationError` si no es de la ronda."""
        if not clave:
            return ""
        textos = {p["clave"]: p["texto"] for p in self.ronda.parrafos}
        if clave not in textos:
            raise ValidationError({"clave": "Ese párrafo no está en el texto que se circuló."})
        return str(textos[clave])

    def _responder(self, respuesta: str, cuando: dt.datetime) -> None:
        self.respuesta, self.respondio_el = respuesta, cuando
        self.save(update_fields=["respuesta", "respondio_el"])


def _abierto(revisor: Revisor, cuando: dt.datetime) -> Revisor:
    """Quien revisa, con candado sobre su ronda y comprobado que sigue abierta."""
    ronda = Ronda.objects.select_for_update().get(pk=revisor.ronda_id)
    if not ronda.abierta(timezone.localdate(cuando)):
        raise ValidationError("La revisión ya se cerró; avisa a la persona facilitadora.", code="estado")
    return ronda.revisores.select_related("ronda").get(pk=revisor.pk)


class Observacion(models.Model):
    """Lo que alguien pide corregir, dónde y qué se hizo con ello."""

    revisor = models.ForeignKey(Revisor, on_delete=models.PROTECT, related_name="observaciones")
    clave = models.CharField("párrafo", max_length=80, blank=True)
    renglon = models.PositiveSmallIntegerField("renglón", null=True, blank=True)
    cita = models.TextField("texto que leía", blank=True)
    texto = models.TextField("observación", max_length=4000)
    creada_el = models.DateTimeField()
    atencion = models.CharField(
        "atención", max_length=20, choices=Atencion.choices, default=Atencion.PENDIENTE, blank=True
    )
    porque = models.TextField("por qué", max_length=2000, blank=True)
    atendida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    atendida_el = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "observación"
        verbose_name_plural = "observaciones"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(atencion=Atencion.NO_INCORPORADA) | ~Q(porque=""),
                name="observacion_no_incorporada_dice_por_que",
                violation_error_message="Escribe por qué no se incorpora.",
            ),
        )

    def __str__(self) -> str:
        return self.texto[:60]

    def retirar(self, cuando: dt.datetime) -> None:
        """Quien la hizo la retira, mientras la ronda siga abierta y nadie la haya atendido."""
        with transaction.atomic():
            revisor = _abierto(self.revisor, cuando)
            borradas, _ = revisor.observaciones.filter(pk=self.pk, atencion=Atencion.PENDIENTE).delete()
            if not borradas:
                raise ValidationError("Esa observación ya se atendió: no se puede retirar.", code="estado")
            if not revisor.observaciones.exists():
                revisor._responder(RespuestaRevision.SIN_RESPUESTA, cuando)

    def atender(self, por: Any, cuando: dt.datetime, *, atencion: str, porque: str = "") -> Self:
        """La facilitadora responde «incorporada» o «no, porque…», mientras el acta se pueda editar."""
        with transaction.atomic():
            acta = Acta.objects.select_for_update().get(rondas__revisores=self.revisor_id)
            acta.exigir_en_trabajo()
            self.atencion, self.porque = atencion, porque.strip()
            self.atendida_por, self.atendida_el = por, cuando
            self.full_clean()
            if not atencion:
                raise ValidationError({"atencion": "Di si se incorpora o no."})
            self.save(update_fields=["atencion", "porque", "atendida_por", "atendida_el"])
        return self
