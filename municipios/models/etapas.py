"""Las etapas que un secretariado estatal sigue en cada municipio, y lo que de ellas se va sabiendo."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber

from municipios.estados import Avance, QueHecho
from sesiones.models import Organo
from stl_portal.archivo.models import Archivo

from .municipios import Municipio


class Etapa(models.Model):
    """Una dimensión del avance (convocatoria, instalación…). Son independientes: ninguna exige otra antes."""

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="etapas_municipales")
    clave = models.SlugField("clave en las columnas de datos", max_length=30)
    nombre = models.CharField(max_length=80)
    que_es = models.CharField("qué se sigue en ella", max_length=300, blank=True)
    orden = models.PositiveSmallIntegerField(default=0)
    hecho = models.CharField(
        "qué hecho la cumple por sí solo",
        max_length=20,
        choices=QueHecho.choices,
        blank=True,
        help_text="Vacío: siempre la captura una persona.",
    )
    activa = models.BooleanField("se sigue capturando", default=True)

    class Meta:
        verbose_name = "etapa"
        verbose_name_plural = "etapas"
        ordering = ("orden", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "clave"),
                name="etapa_clave_unica_en_organo",
                violation_error_message="Ya hay una etapa con esa clave.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre


class Situacion(models.Model):
    """Un estado posible de una etapa, con las palabras de esa etapa: «Integrado, falta instalar»."""

    etapa = models.ForeignKey(Etapa, on_delete=models.CASCADE, related_name="situaciones")
    clave = models.SlugField("clave en los datos", max_length=40)
    nombre = models.CharField(max_length=80)
    avance = models.CharField("qué tanto es", max_length=20, choices=Avance.choices)
    orden = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = "situación"
        verbose_name_plural = "situaciones"
        ordering = ("orden", "pk")
        constraints = (
            models.UniqueConstraint(fields=("etapa", "clave"), name="situacion_clave_unica"),
            models.UniqueConstraint(
                fields=("etapa",),
                condition=Q(avance=Avance.SIN_INFORMACION),
                name="situacion_una_sin_informacion",
                violation_error_message="La etapa ya tiene su «sin información».",
            ),
        )

    def __str__(self) -> str:
        return self.nombre


class AnotacionQuerySet(models.QuerySet["Anotacion"]):
    """Preguntas sobre lo anotado."""

    def validas(self) -> Self:
        """Sin las que se deshicieron."""
        return self.filter(anulada_el__isnull=True)

    def al(self, fecha: dt.date) -> Self:
        """La que rige en cada municipio y etapa a esa fecha; entre las de un mismo día, la última."""
        ultima = Window(
            RowNumber(),
            partition_by=[F("municipio"), F("etapa")],
            order_by=[F("fecha").desc(), F("pk").desc()],
        )
        return self.validas().filter(fecha__lte=fecha).annotate(lugar=ultima).filter(lugar=1)


class Anotacion(models.Model):
    """Lo que se supo de una etapa en un municipio: situación, desde cuándo, prueba y quién lo anotó.

    No se edita: lo nuevo se anota encima y la historia queda. Deshacer la última la anula.
    """

    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="anotaciones")
    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="anotaciones")
    situacion = models.ForeignKey(Situacion, on_delete=models.PROTECT, related_name="anotaciones")
    fecha = models.DateField("consta al")
    nota = models.TextField(blank=True)
    motivo = models.TextField("por qué retrocede", blank=True)
    prueba = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="anotaciones_municipales"
    )
    liga = models.URLField("dirección de la prueba", max_length=500, blank=True)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cuando = models.DateTimeField()
    anulada_el = models.DateTimeField(null=True, blank=True)
    anulada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = AnotacionQuerySet.as_manager()

    class Meta:
        verbose_name = "anotación"
        verbose_name_plural = "anotaciones"
        ordering = ("fecha", "pk")
        indexes = (models.Index(fields=("etapa", "municipio", "fecha"), name="anotacion_por_casilla"),)

    def __str__(self) -> str:
        return f"{self.etapa}: {self.situacion}"
