"""La convocatoria pública: sus bases, su ventana, lo que se pregunta y con qué se califica."""

import datetime as dt
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from sesiones.certamenes.estados import (
    HECHO,
    PUBLICOS,
    TERMINADOS,
    TRANSICIONES_CERTAMEN,
    Acto,
    EstadoCertamen,
    SectorDeProcedencia,
    TipoDeEvidencia,
)
from sesiones.certamenes.orden import Medida, Reglas
from sesiones.certamenes.ventana import Ventana
from sesiones.models import Organo
from stl_portal.archivo.models import Archivo
from stl_portal.guardas.sellado import Sellada
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion


class CertamenQuerySet(models.QuerySet["Certamen"]):
    """Convocatorias públicas, en palabras de quien las lleva."""

    def publicos(self) -> Self:
        """Las que cualquiera lee."""
        return self.filter(estado__in=PUBLICOS)

    def abiertos(self, cuando: dt.datetime) -> Self:
        """Las que en ese momento reciben postulaciones."""
        return self.filter(estado=EstadoCertamen.PUBLICADA, abre_el__lte=cuando, cierra_el__gt=cuando)

    def por_cerrar(self, cuando: dt.datetime) -> Self:
        """Las publicadas cuya ventana ya pasó."""
        return self.filter(estado=EstadoCertamen.PUBLICADA, cierra_el__lte=cuando)

    def con_organo(self) -> Self:
        """Con lo que se necesita para nombrar su órgano sin consultas de más."""
        return self.select_related("organo").prefetch_related("organo__denominaciones")


def _todos_los_sectores() -> list[str]:
    return list(SectorDeProcedencia.values)


def _todas_las_evidencias() -> list[str]:
    return list(TipoDeEvidencia.values)


class Certamen(ConVersion, ConEstado):
    """Una convocatoria pública. Publicada, ni su ventana ni sus bases cambian: la base lo exige."""

    TRANSICIONES = TRANSICIONES_CERTAMEN
    EDITABLE_SI = Q(estado=EstadoCertamen.BORRADOR)
    SELLADA = Sellada(
        frase="ya se publicó: ni su plazo ni sus bases cambian",
        si="{fila}.publicada_el IS NOT NULL",
        libres=("estado", "version", "editado_por", "editado_el"),
    )

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="certamenes")
    clave = models.SlugField("clave en su dirección", max_length=60)
    titulo = models.CharField("título", max_length=200)
    bases = models.TextField("bases", blank=True)
    documento = models.ForeignKey(
        Archivo,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="bases en PDF",
    )
    abre_el = models.DateTimeField("abre", null=True, blank=True)
    cierra_el = models.DateTimeField("cierra", null=True, blank=True)
    dictamen_hasta = models.DateField("último día para calificar", null=True, blank=True)
    sectores = models.JSONField("sectores admitidos", default=_todos_los_sectores)
    evidencias = models.JSONField("evidencias admitidas", default=_todas_las_evidencias)
    lugares = models.PositiveSmallIntegerField(
        default=3, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    menciones = models.PositiveSmallIntegerField(default=2, validators=[MaxValueValidator(20)])
    minimo = models.DecimalField(
        "mínimo para reconocerse, sobre 100",
        max_digits=5,
        decimal_places=2,
        default=Decimal(60),
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    estado = models.CharField(
        max_length=16, choices=EstadoCertamen.choices, default=EstadoCertamen.BORRADOR, db_index=True
    )
    publicada_el = models.DateTimeField(null=True, blank=True, editable=False)

    objects = CertamenQuerySet.as_manager()

    class Meta:
        verbose_name = "convocatoria pública"
        verbose_name_plural = "convocatorias públicas"
        ordering = ("-pk",)
        constraints = (
            models.UniqueConstraint(fields=("organo", "clave"), name="certamen_clave_unica"),
            models.CheckConstraint(
                condition=Q(cierra_el__isnull=True) | Q(abre_el__lt=F("cierra_el")),
                name="certamen_cierra_despues_de_abrir",
                violation_error_message="Tiene que cerrar después de abrir.",
            ),
            models.CheckConstraint(
                condition=Q(estado=EstadoCertamen.BORRADOR)
                | Q(abre_el__isnull=False, cierra_el__isnull=False, publicada_el__isnull=False),
                name="certamen_publicado_con_ventana",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    def get_absolute_url(self) -> str:
        """Su página pública."""
        return reverse("certamenes:certamen", args=(self.organo.clave, self.clave))

    @property
    def url_de_gestion(self) -> str:
        """Donde la lleva quien conduce."""
        return reverse("certamenes_gestion:certamen", args=(self.organo.clave, self.clave))

    @property
    def ventana(self) -> Ventana:
        """El plazo para postular; lanza `ValidationError` si todavía no tiene fechas."""
        if self.abre_el is None or self.cierra_el is None:
            raise ValidationError("Faltan las fechas en que abre y cierra.")
        return Ventana(self.abre_el, self.cierra_el)

    def recibe(self, cuando: dt.datetime) -> bool:
        """Si en ese momento se puede postular."""
        return self.estado == EstadoCertamen.PUBLICADA and self.ventana.abierta(cuando)

    @property
    def publico(self) -> bool:
        """Si cualquiera la lee."""
        return self.estado in PUBLICOS

    @property
    def terminado(self) -> bool:
        """Si ya dijo sus resultados o se declaró desierta."""
        return self.estado in TERMINADOS

    @property
    def reglas(self) -> Reglas:
        """Qué se reconoce."""
        return Reglas(self.lugares, self.menciones, self.minimo)

    @property
    def sectores_admitidos(self) -> list[SectorDeProcedencia]:
        """Los que pueden postular, en su orden."""
        return [uno for uno in SectorDeProcedencia if uno.value in self.sectores]

    @property
    def evidencias_admitidas(self) -> list[TipoDeEvidencia]:
        """Con qué se puede comprobar, en su orden."""
        return [uno for uno in TipoDeEvidencia if uno.value in self.evidencias]


class CambioCertamen(CambioDeEstado):
    """Historia de una convocatoria pública."""

    objeto = models.ForeignKey(Certamen, on_delete=models.CASCADE, related_name="historia")

    @property
    def dicho(self) -> str:
        """«Se publicó»."""
        return HECHO.get(self.verbo, self.verbo)


class Apartado(models.Model):
    """Una pregunta del formulario, con su tope de caracteres."""

    certamen = models.ForeignKey(Certamen, on_delete=models.CASCADE, related_name="apartados")
    orden = models.PositiveSmallIntegerField()
    pregunta = models.CharField(max_length=300)
    ayuda = models.CharField(max_length=300, blank=True)
    tope = models.PositiveSmallIntegerField(
        "tope de caracteres", default=500, validators=[MinValueValidator(1), MaxValueValidator(5000)]
    )

    class Meta:
        verbose_name = "pregunta del formulario"
        verbose_name_plural = "preguntas del formulario"
        ordering = ("orden",)
        constraints = (
            models.UniqueConstraint(fields=("certamen", "orden"), name="apartado_orden_unico"),
            models.CheckConstraint(condition=Q(tope__gt=0), name="apartado_con_tope"),
        )

    def __str__(self) -> str:
        return self.pregunta


class Criterio(models.Model):
    """Con qué se califica: cuánto pesa en el total y de cuántos puntos es su escala, que empieza en cero."""

    certamen = models.ForeignKey(Certamen, on_delete=models.CASCADE, related_name="criterios")
    orden = models.PositiveSmallIntegerField()
    nombre = models.CharField(max_length=120)
    que_se_mira = models.CharField("qué se mira", max_length=300, blank=True)
    peso = models.PositiveSmallIntegerField(
        "peso, por ciento", validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    escala = models.PositiveSmallIntegerField(
        "puntos de la escala", default=10, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = "criterio"
        verbose_name_plural = "criterios"
        ordering = ("orden",)
        constraints = (
            models.UniqueConstraint(fields=("certamen", "orden"), name="criterio_orden_unico"),
            models.CheckConstraint(condition=Q(peso__gt=0, escala__gt=0), name="criterio_con_peso_y_escala"),
        )

    def __str__(self) -> str:
        return self.nombre

    @property
    def medida(self) -> Medida:
        """Lo que de él necesita la cuenta."""
        return Medida(self.nombre, self.peso, self.escala)


class ActoPublico(models.Model):
    """Lo que se publicó de una convocatoria y su eslabón en el registro público."""

    SELLADA = Sellada(frase="ya consta en el registro público")

    certamen = models.ForeignKey(Certamen, on_delete=models.PROTECT, related_name="actos")
    acto = models.CharField(max_length=12, choices=Acto.choices)
    eslabon = models.PositiveBigIntegerField("eslabón")
    cuando = models.DateTimeField()
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "acto público"
        verbose_name_plural = "actos públicos"
        ordering = ("eslabon",)  # el orden lo da el registro, no el reloj
        constraints = (models.UniqueConstraint(fields=("certamen", "acto"), name="acto_una_vez"),)

    def __str__(self) -> str:
        return f"{self.get_acto_display()}: {self.certamen_id}"
