"""Las evidencias: archivos y ligas que respaldan un avance. Nunca se sobrescriben; una nueva sustituye."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ejes.estados import RevisionEvidencia
from sesiones.models import Acuerdo, Asiento
from stl_portal.archivo.models import Archivo
from stl_portal.guardas import Sellada

from .formato import RenglonFormato
from .plan import Accion, Plan
from .reportes import Entrega, Reporte


class EvidenciaQuerySet(models.QuerySet["Evidencia"]):
    """Preguntas sobre evidencias."""

    def publicadas(self) -> Self:
        """Las que cualquiera puede abrir: su reporte ya se publicó."""
        return self.filter(publicacion__isnull=False, plan__estado="publicado")

    def vigentes(self) -> Self:
        """Las que nadie ha sustituido."""
        return self.filter(sustituida_por__isnull=True)


class Evidencia(models.Model):
    """Un archivo o una liga de una institución. Puede respaldar varias acciones y renglones."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="evidencias")
    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="evidencias")
    titulo = models.CharField("título", max_length=200)
    descripcion = models.TextField("qué muestra", blank=True)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="evidencias"
    )
    liga = models.URLField("dirección", max_length=500, blank=True)
    sustituye = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="sustituida_por"
    )
    subida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subida_el = models.DateTimeField()
    acuerdos = models.ManyToManyField(Acuerdo, blank=True, related_name="evidencias")
    entregas = models.ManyToManyField(
        Entrega, blank=True, related_name="evidencias", verbose_name="en qué envíos fue"
    )

    objects = EvidenciaQuerySet.as_manager()

    class Meta:
        verbose_name = "evidencia"
        verbose_name_plural = "evidencias"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(archivo__isnull=False, liga="") | (Q(archivo__isnull=True) & ~Q(liga="")),
                name="evidencia_archivo_o_liga",
                violation_error_message="Una evidencia es un archivo o una liga.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        """Página pública de la evidencia; `plan` ya traído."""
        return reverse("ejes:evidencia", args=(self.plan.clave, self.pk))

    @property
    def dictamen(self) -> "DictamenEvidencia | None":
        """Lo último que la revisión dijo de ella. Lee `dictamenes`: en listas, tráelos de antemano."""
        return next(reversed(list(self.dictamenes.all())), None)


class UsoDeEvidencia(models.Model):
    """Qué respalda una evidencia dentro de un reporte: un renglón, una acción o, sin ninguno, todo él."""

    evidencia = models.ForeignKey(Evidencia, on_delete=models.CASCADE, related_name="usos")
    reporte = models.ForeignKey(Reporte, on_delete=models.CASCADE, related_name="usos")
    renglon = models.ForeignKey(
        RenglonFormato, null=True, blank=True, on_delete=models.PROTECT, related_name="usos"
    )
    accion = models.ForeignKey(Accion, null=True, blank=True, on_delete=models.PROTECT, related_name="usos")

    class Meta:
        verbose_name = "uso de una evidencia"
        verbose_name_plural = "usos de una evidencia"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(renglon__isnull=True) | Q(accion__isnull=True), name="uso_de_uno_solo"
            ),
            models.UniqueConstraint(
                fields=("evidencia", "reporte", "renglon"),
                condition=Q(renglon__isnull=False),
                name="uso_por_renglon",
            ),
            models.UniqueConstraint(
                fields=("evidencia", "reporte", "accion"),
                condition=Q(accion__isnull=False),
                name="uso_por_accion",
            ),
            models.UniqueConstraint(
                fields=("evidencia", "reporte"),
                condition=Q(renglon__isnull=True, accion__isnull=True),
                name="uso_por_reporte",
            ),
        )

    def __str__(self) -> str:
        return f"{self.evidencia} en {self.reporte}"

    def clean(self) -> None:
        """La evidencia es de la misma institución y del mismo plan que el reporte."""
        super().clean()
        evidencia, reporte = self.evidencia, self.reporte
        if (evidencia.plan_id, evidencia.asiento_id) != (reporte.eje.plan_id, reporte.asiento_id):
            raise ValidationError("Esa evidencia es de otra institución.")


class DictamenEvidencia(models.Model):
    """Lo que la revisión dice de una evidencia; cada vez es otra fila y la última es la que vale."""

    evidencia = models.ForeignKey(Evidencia, on_delete=models.CASCADE, related_name="dictamenes")
    revision = models.CharField("revisión", max_length=20, choices=RevisionEvidencia.choices)
    motivo = models.TextField(blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "dictamen de una evidencia"
        verbose_name_plural = "dictámenes de una evidencia"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(revision=RevisionEvidencia.OBSERVADA, motivo=""),
                name="evidencia_observada_dice_por_que",
                violation_error_message="Di por qué se observa.",
            ),
        )

    def __str__(self) -> str:
        return self.get_revision_display()


class EvidenciaPublicada(models.Model):
    """Constancia de que la evidencia se publicó, con su huella y su eslabón en el registro público."""

    SELLADA = Sellada()

    evidencia = models.OneToOneField(Evidencia, on_delete=models.PROTECT, related_name="publicacion")
    huella = models.CharField("huella SHA-256", max_length=64, help_text="Del archivo, o de la dirección.")
    copia = models.CharField(
        "huella de la copia sin metadatos", max_length=64, blank=True, help_text="La que recibe cualquiera."
    )
    publicada_el = models.DateTimeField()
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        verbose_name = "evidencia publicada"
        verbose_name_plural = "evidencias publicadas"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.evidencia}, publicada"
