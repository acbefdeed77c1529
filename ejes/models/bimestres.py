"""Los bimestres de un plan: cuándo se abre la ventana, cuándo se entrega, cuándo se carga y sus prórrogas."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ejes import plazos
from ejes.plazos import Ventana
from sesiones.estados import EstadoSesion
from sesiones.models import Acuerdo, Punto

from .formato import Formato
from .plan import Plan

CELEBRADA = (EstadoSesion.EN_CURSO, EstadoSesion.CONCLUIDA)  # en la que ya pudo concederse algo


class BimestreQuerySet(models.QuerySet["Bimestre"]):
    """Preguntas sobre bimestres."""

    def con_prorrogas(self) -> Self:
        """Trae plan, formato y prórrogas, que hacen falta para saber la ventana, en dos consultas."""
        con_sesion = ("punto__sesion__organo", "acuerdo__sesion__organo")
        prorrogas = models.Prefetch("prorrogas", Prorroga.objects.select_related(*con_sesion))
        return self.select_related("plan__organo", "formato").prefetch_related(prorrogas)


class Bimestre(models.Model):
    """Ventana de reporte. Las fechas acordadas al principio no cambian: una prórroga se agrega aparte."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bimestres")
    numero = models.PositiveSmallIntegerField("número")
    nombre = models.CharField(max_length=120, help_text="Junio-julio de 2020")
    desde = models.DateField("primer día que se reporta", null=True, blank=True)
    hasta = models.DateField("último día que se reporta", null=True, blank=True)
    abre = models.DateField("se puede reportar desde", null=True, blank=True)
    entrega = models.DateField("fecha límite de entrega", null=True, blank=True)
    carga = models.DateField("fecha de carga pública", null=True, blank=True)
    formato = models.ForeignKey(
        Formato, null=True, blank=True, on_delete=models.PROTECT, related_name="bimestres"
    )
    en_portal = models.BooleanField(
        "los reportes se reciben en este portal",
        default=True,
        help_text="Si fueron por otro medio no se dice que alguien no reportó: aquí no se sabe.",
    )
    fuente = models.CharField("documento de donde se tomó", max_length=300, blank=True)

    objects = BimestreQuerySet.as_manager()

    class Meta:
        verbose_name = "bimestre"
        verbose_name_plural = "bimestres"
        ordering = ("plan", "numero")
        constraints = (
            models.UniqueConstraint(fields=("plan", "numero"), name="bimestre_numero_unico_en_plan"),
            models.CheckConstraint(
                condition=Q(desde__isnull=True) | Q(hasta__isnull=True) | Q(hasta__gte=F("desde")),
                name="bimestre_periodo_en_orden",
                violation_error_message="El periodo no puede terminar antes de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(abre__isnull=True) | Q(entrega__isnull=True) | Q(entrega__gte=F("abre")),
                name="bimestre_entrega_tras_abrir",
                violation_error_message="La fecha límite no puede ser anterior a la apertura.",
            ),
            models.CheckConstraint(
                condition=Q(entrega__isnull=True) | Q(carga__isnull=True) | Q(carga__gte=F("entrega")),
                name="bimestre_carga_tras_entrega",
                violation_error_message="La carga pública no puede ser antes de la entrega.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Página pública del bimestre; `plan` ya traído."""
        return reverse("ejes:bimestre", args=(self.plan.clave, self.numero))

    @property
    def ultima_prorroga(self) -> "Prorroga | None":
        """La que rige, o None. Lee `prorrogas`: en listas, tráelas de antemano."""
        return next(iter(sorted(self.prorrogas.all(), key=lambda p: p.entrega, reverse=True)), None)

    @property
    def ventana(self) -> Ventana:
        """Las fechas que rigen, con la última prórroga aplicada."""
        prorroga = self.ultima_prorroga
        entrega = prorroga.entrega if prorroga else self.entrega
        carga = (prorroga.carga if prorroga else None) or self.carga
        return Ventana(self.abre, entrega, carga)


class Prorroga(models.Model):
    """Más tiempo para entregar, acordado en una sesión; la fecha original sigue en el bimestre."""

    bimestre = models.ForeignKey(Bimestre, on_delete=models.CASCADE, related_name="prorrogas")
    entrega = models.DateField("nueva fecha límite de entrega")
    carga = models.DateField("nueva fecha de carga pública", null=True, blank=True)
    motivo = models.CharField(max_length=300, blank=True)
    punto = models.ForeignKey(
        Punto, null=True, blank=True, on_delete=models.PROTECT, related_name="prorrogas"
    )
    acuerdo = models.ForeignKey(
        Acuerdo, null=True, blank=True, on_delete=models.PROTECT, related_name="prorrogas"
    )

    class Meta:
        verbose_name = "prórroga"
        verbose_name_plural = "prórrogas"
        ordering = ("entrega", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(punto__isnull=False) | Q(acuerdo__isnull=False),
                name="prorroga_acordada_en_sesion",
                violation_error_message="Di en qué punto o con qué acuerdo de una sesión se concedió.",
            ),
            models.CheckConstraint(
                condition=Q(carga__isnull=True) | Q(carga__gte=F("entrega")),
                name="prorroga_carga_tras_entrega",
                violation_error_message="La carga pública no puede ser antes de la entrega.",
            ),
        )

    def __str__(self) -> str:
        return f"Prórroga de {self.bimestre} al {self.entrega:%d/%m/%Y}"

    def clean(self) -> None:
        """Una prórroga amplía, y la concede una sesión del órgano del plan."""
        super().clean()
        antes = plazos.limite([self.bimestre.entrega, *self._anteriores()])
        if antes and self.entrega and self.entrega <= antes:
            raise ValidationError({"entrega": f"Una prórroga va después del {antes:%d/%m/%Y}."})
        donde = self.punto or self.acuerdo
        if donde and donde.sesion.organo_id != self.bimestre.plan.organo_id:
            raise ValidationError("La sesión es de otro órgano.")
        if donde and donde.sesion.estado not in CELEBRADA:
            raise ValidationError("Esa sesión todavía no se celebra: regístrala cuando se conceda.")

    def _anteriores(self) -> "list[dt.date]":
        otras = self.bimestre.prorrogas.exclude(pk=self.pk) if self.bimestre.pk else Prorroga.objects.none()
        return list(otras.values_list("entrega", flat=True))
