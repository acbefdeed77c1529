"""Capacitaciones y eventos con los municipios."""

import datetime as dt
from typing import Any, Self

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from municipios.estados import ClaseEvento
from sesiones.estados import Modalidad
from sesiones.models import Organo
from stl_portal.archivo.models import Archivo

from .municipios import Municipio


class EventoQuerySet(models.QuerySet["Evento"]):
    """Preguntas sobre capacitaciones y eventos."""

    def publicados(self) -> Self:
        """Los que cualquiera puede leer."""
        return self.filter(publico=True)


class Evento(models.Model):
    """Una capacitación o un evento, o varios juntos si solo se conoce el conjunto («17 capacitaciones»).

    Las cantidades aproximadas lo dicen: el número es lo seguro y `…_literal`, cómo se dijo («más de 100»).
    """

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="eventos_municipales")
    clase = models.CharField(
        "qué fue", max_length=20, choices=ClaseEvento.choices, default=ClaseEvento.CAPACITACION
    )
    titulo = models.CharField("título", max_length=300)
    cuantos = models.PositiveSmallIntegerField(
        "cuántos", default=1, help_text="Más de uno si solo se conoce el conjunto."
    )
    desde = models.DateField(null=True, blank=True, help_text="Vacío: no consta.")
    hasta = models.DateField("fecha o último día")
    modalidad = models.CharField(max_length=20, choices=Modalidad.choices, blank=True)
    temas = models.TextField(blank=True, help_text="Uno por renglón.")
    imparte = models.CharField("quién la imparte u organiza", max_length=300, blank=True)
    municipios = models.ManyToManyField(Municipio, blank=True, related_name="eventos")
    municipios_cuantos = models.PositiveSmallIntegerField(
        "cuántos municipios", null=True, blank=True, help_text="Solo si no se sabe cuáles."
    )
    personas = models.PositiveIntegerField("personas", null=True, blank=True)
    personas_literal = models.CharField(
        "personas, como se dijo", max_length=60, blank=True, help_text="Si es aproximado: más de 100."
    )
    sujetos_obligados = models.PositiveSmallIntegerField("sujetos obligados", null=True, blank=True)
    alcance = models.PositiveIntegerField("alcance en personas", null=True, blank=True)
    alcance_literal = models.CharField(
        "alcance, como se dijo", max_length=60, blank=True, help_text="Si es aproximado: 52k."
    )
    liga = models.URLField("dirección", max_length=500, blank=True)
    fuente = models.CharField("de dónde se tomó", max_length=300, blank=True)
    publico = models.BooleanField("se muestra al público", default=False)
    # Con qué reconoce un programa de agenda que la cita cambió (RFC 5545).
    secuencia = models.PositiveIntegerField("veces que se ha corregido", default=0, editable=False)
    modificado_el = models.DateTimeField("última corrección", auto_now=True)

    objects = EventoQuerySet.as_manager()

    class Meta:
        verbose_name = "capacitación o evento"
        verbose_name_plural = "capacitaciones y eventos"
        ordering = ("-hasta", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(desde__isnull=True) | Q(hasta__gte=F("desde")),
                name="evento_fechas_en_orden",
                violation_error_message="Termina después de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(cuantos__gte=1),
                name="evento_al_menos_uno",
                violation_error_message="Al menos uno.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Cada corrección cuenta: con la misma secuencia, una agenda ya no la leería."""
        with transaction.atomic():
            if not self._state.adding:
                self.secuencia += 1
                EventoRetirado.anotar(self, timezone.now(), vuelve=self.publico and self.cuantos == 1)
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Lo quita; si se mostraba al público, queda su hueco para las agendas que lo tenían."""
        with transaction.atomic():
            EventoRetirado.anotar(self, timezone.now())
            return super().delete(*args, **kwargs)


class EventoRetirado(models.Model):
    """El hueco que deja en las agendas un evento que ya no se muestra: cuándo era, y nada de lo que decía."""

    DURANTE = dt.timedelta(days=60)  # lo que se anuncia; una agenda lee varias veces al día

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="eventos_retirados")
    evento = models.PositiveBigIntegerField("clave que tenía", unique=True)
    desde = models.DateField(null=True)
    hasta = models.DateField()
    secuencia = models.PositiveIntegerField()
    retirado_el = models.DateTimeField()

    class Meta:
        verbose_name = "evento retirado"
        verbose_name_plural = "eventos retirados"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Evento {self.evento}, retirado"

    @classmethod
    def anotar(cls, evento: Evento, cuando: dt.datetime, *, vuelve: bool = False) -> None:
        """Si deja de mostrarse; con `vuelve`, quita el hueco. Borra los que ya no se anuncian."""
        cls.objects.filter(retirado_el__lt=cuando - cls.DURANTE).delete()
        if vuelve:
            cls.objects.filter(evento=evento.pk).delete()
            return
        era = Evento.objects.publicados().filter(pk=evento.pk, cuantos=1).first()
        if era is not None:
            datos = {"organo_id": era.organo_id, "desde": era.desde, "hasta": era.hasta}
            hueco = datos | {"secuencia": era.secuencia + 1, "retirado_el": cuando}
            cls.objects.update_or_create(evento=evento.pk, defaults=hueco)


class Material(models.Model):
    """Un material de una capacitación: un archivo o una dirección."""

    evento = models.ForeignKey(Evento, on_delete=models.CASCADE, related_name="materiales")
    titulo = models.CharField("título", max_length=200)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="materiales"
    )
    direccion = models.URLField("dirección", max_length=500, blank=True)

    class Meta:
        verbose_name = "material"
        verbose_name_plural = "materiales"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(archivo__isnull=False) ^ ~Q(direccion=""),
                name="material_archivo_o_direccion",
                violation_error_message="Un archivo o una dirección, no ambos.",
            ),
        )

    def __str__(self) -> str:
        return self.titulo
