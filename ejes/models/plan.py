"""El plan de acción de un órgano: ejes, compromisos, acciones y quién los creó y responde por ellos.

Caben las dos formas conocidas: la de 2019-20, donde cada eje es una ficha con meta verificable e
indicadores, y la de 2022-24, donde cada eje se abre en compromisos y acciones con porcentaje.
"""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ejes import ods
from ejes.avance import Base, Formula, Trato, Umbrales
from ejes.estados import TRANSICIONES_PLAN, EstadoPlan
from sesiones.estados import Sector
from sesiones.models import Acuerdo, Asiento, Institucion, Organo
from stl_portal.transiciones import CambioDeEstado, ConEstado

DE_0_A_100 = (MinValueValidator(0), MaxValueValidator(100))


class PlanQuerySet(models.QuerySet["Plan"]):
    """Preguntas sobre planes."""

    def publicados(self) -> Self:
        """Los que cualquiera puede leer."""
        return self.filter(estado=EstadoPlan.PUBLICADO)


class Plan(ConEstado):
    """Plan de acción de un periodo, con su modo de medir el avance como dato."""

    TRANSICIONES = TRANSICIONES_PLAN

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="planes")
    clave = models.SlugField("clave en las direcciones", max_length=40, unique=True)
    nombre = models.CharField(max_length=200)
    inicio = models.PositiveSmallIntegerField("año inicial")
    fin = models.PositiveSmallIntegerField("año final")
    meta_al = models.CharField("cuándo vence la meta", max_length=60, blank=True, help_text="agosto de 2024")
    estado = models.CharField(max_length=20, choices=EstadoPlan.choices, default=EstadoPlan.BORRADOR)
    aprobado_en = models.ForeignKey(
        Acuerdo, null=True, blank=True, on_delete=models.PROTECT, related_name="planes_aprobados"
    )
    fuente = models.CharField(
        "documento de donde se tomó", max_length=300, blank=True, help_text="Vacío si nació en el portal."
    )
    formula = models.CharField("fórmula", max_length=20, choices=Formula.choices, default=Formula.MEDIA)
    trato = models.CharField(
        "avance dicho con palabras", max_length=20, choices=Trato.choices, default=Trato.CERO
    )
    base = models.CharField("base del global", max_length=20, choices=Base.choices, default=Base.EJES)
    limitado = models.DecimalField("limitado desde", max_digits=5, decimal_places=2, default=1)
    sustancial = models.DecimalField("sustancial desde", max_digits=5, decimal_places=2, default=50)
    completado = models.DecimalField("completado desde", max_digits=5, decimal_places=2, default=100)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = "plan de acción"
        verbose_name_plural = "planes de acción"
        ordering = ("-inicio",)
        constraints = (
            models.CheckConstraint(
                condition=Q(fin__gte=F("inicio")),
                name="plan_periodo_en_orden",
                violation_error_message="El plan no puede terminar antes de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(
                    limitado__gt=0,
                    sustancial__gt=F("limitado"),
                    completado__gt=F("sustancial"),
                    completado__lte=100,
                ),
                name="plan_umbrales_en_orden",
                violation_error_message="Los umbrales van de menor a mayor, entre 0 y 100.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Página pública del plan."""
        return reverse("ejes:plan", args=(self.clave,))

    @property
    def umbrales(self) -> Umbrales:
        """Desde qué porcentaje se llega a cada nivel de terminación."""
        return Umbrales(self.limitado, self.sustancial, self.completado)


class CambioPlan(CambioDeEstado):
    """Historia del plan."""

    objeto = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="historia")


class Eje(models.Model):
    """Eje temático. En 2019-20 es una ficha completa; en 2022-24 agrupa compromisos."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="ejes")
    numero = models.PositiveSmallIntegerField("número")
    nombre = models.CharField(max_length=200)
    descripcion = models.TextField("descripción", blank=True)
    meta = models.TextField("meta verificable", blank=True)
    responsable = models.ForeignKey(
        Asiento, null=True, blank=True, on_delete=models.PROTECT, related_name="ejes_a_cargo"
    )
    peso = models.DecimalField(max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = "eje"
        verbose_name_plural = "ejes"
        ordering = ("numero",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "numero"), name="eje_numero_unico_en_plan"),
            models.CheckConstraint(condition=Q(peso__gte=0), name="eje_peso_no_negativo"),
        )

    def __str__(self) -> str:
        return f"Eje {self.numero}. {self.nombre}"

    @property
    def codigo(self) -> str:
        """«1»."""
        return str(self.numero)

    def get_absolute_url(self) -> str:
        """Página pública del eje; `plan` ya traído."""
        return reverse("ejes:eje", args=(self.plan.clave, self.numero))


class Submeta(models.Model):
    """Parte de la meta verificable de un eje."""

    eje = models.ForeignKey(Eje, on_delete=models.CASCADE, related_name="submetas")
    orden = models.PositiveSmallIntegerField()
    texto = models.TextField()

    class Meta:
        verbose_name = "submeta"
        ordering = ("orden",)
        constraints = (models.UniqueConstraint(fields=("eje", "orden"), name="submeta_orden_unico"),)

    def __str__(self) -> str:
        return self.texto


class PropuestaCiudadana(models.Model):
    """Lo que la ciudadanía propuso para el eje en las mesas de trabajo."""

    eje = models.ForeignKey(Eje, on_delete=models.CASCADE, related_name="propuestas")
    orden = models.PositiveSmallIntegerField()
    texto = models.TextField()

    class Meta:
        verbose_name = "propuesta ciudadana"
        verbose_name_plural = "propuestas ciudadanas"
        ordering = ("orden",)
        constraints = (models.UniqueConstraint(fields=("eje", "orden"), name="propuesta_orden_unico"),)

    def __str__(self) -> str:
        return self.texto


class Difusion(models.Model):
    """Dónde se cuenta el avance del eje: una página, una red social."""

    eje = models.ForeignKey(Eje, on_delete=models.CASCADE, related_name="difusion")
    medio = models.CharField(max_length=120)
    direccion = models.URLField("dirección", max_length=500, blank=True)

    class Meta:
        verbose_name = "medio de difusión"
        verbose_name_plural = "medios de difusión"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.medio


class Compromiso(models.Model):
    """Lo que gobierno y sociedad se comprometieron a hacer juntos, dentro de un eje."""

    eje = models.ForeignKey(Eje, on_delete=models.CASCADE, related_name="compromisos")
    numero = models.PositiveSmallIntegerField("número")
    nombre = models.CharField(max_length=300)
    problema = models.TextField("qué problema atiende", blank=True)
    descripcion = models.TextField("descripción", blank=True, help_text="Cómo lo resuelve.")
    responsable = models.ForeignKey(
        Asiento, null=True, blank=True, on_delete=models.PROTECT, related_name="compromisos_a_cargo"
    )
    peso = models.DecimalField(max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)])
    acuerdos = models.ManyToManyField(Acuerdo, blank=True, related_name="compromisos")

    class Meta:
        verbose_name = "compromiso"
        verbose_name_plural = "compromisos"
        ordering = ("eje__numero", "numero")
        constraints = (
            models.UniqueConstraint(fields=("eje", "numero"), name="compromiso_numero_unico_en_eje"),
            models.CheckConstraint(condition=Q(peso__gte=0), name="compromiso_peso_no_negativo"),
        )

    def __str__(self) -> str:
        return f"{self.codigo} {self.nombre}"

    @property
    def codigo(self) -> str:
        """«1.5»; `eje` ya traído."""
        return f"{self.eje.numero}.{self.numero}"

    @property
    def responde(self) -> Asiento | None:
        """Su responsable o, si no tiene uno propio, el del eje; con quien corresponda ya traído."""
        return self.responsable or self.eje.responsable

    @property
    def responde_id(self) -> int | None:
        """El asiento que responde por él, sin traerlo; `eje` ya traído."""
        return self.responsable_id or self.eje.responsable_id

    def get_absolute_url(self) -> str:
        """Página pública del compromiso; `eje.plan` ya traído."""
        return reverse("ejes:compromiso", args=(self.eje.plan.clave, self.eje.numero, self.numero))


class Accion(models.Model):
    """Una acción verificable de un compromiso."""

    compromiso = models.ForeignKey(Compromiso, on_delete=models.CASCADE, related_name="acciones")
    numero = models.PositiveSmallIntegerField("número")
    texto = models.TextField()
    peso = models.DecimalField(max_digits=6, decimal_places=2, default=1, validators=[MinValueValidator(0)])

    class Meta:
        verbose_name = "acción"
        verbose_name_plural = "acciones"
        ordering = ("compromiso__eje__numero", "compromiso__numero", "numero")
        constraints = (
            models.UniqueConstraint(fields=("compromiso", "numero"), name="accion_numero_unico"),
            models.CheckConstraint(condition=Q(peso__gte=0), name="accion_peso_no_negativo"),
        )

    def __str__(self) -> str:
        return f"{self.codigo} {self.texto}"

    @property
    def codigo(self) -> str:
        """«1.5.3»; `compromiso.eje` ya traído."""
        return f"{self.compromiso.codigo}.{self.numero}"


class ParteCocreadora(models.Model):
    """Quien participó en crear el compromiso: de gobierno o de sociedad, con lo que le toca."""

    compromiso = models.ForeignKey(Compromiso, on_delete=models.CASCADE, related_name="partes")
    institucion = models.ForeignKey(
        Institucion, null=True, blank=True, on_delete=models.PROTECT, related_name="cocreaciones"
    )
    nombre = models.CharField(max_length=200)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    le_toca = models.TextField("qué le toca", blank=True)

    class Meta:
        verbose_name = "parte cocreadora"
        verbose_name_plural = "partes cocreadoras"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("compromiso", "nombre"), name="parte_una_vez"),)

    def __str__(self) -> str:
        return self.nombre


class Alineacion(models.Model):
    """Objetivo de desarrollo sostenible, y si se sabe su meta, al que abona un eje o un compromiso."""

    eje = models.ForeignKey(Eje, null=True, blank=True, on_delete=models.CASCADE, related_name="alineaciones")
    compromiso = models.ForeignKey(
        Compromiso, null=True, blank=True, on_delete=models.CASCADE, related_name="alineaciones"
    )
    objetivo = models.PositiveSmallIntegerField(choices=ods.ELECCIONES)
    meta = models.CharField(max_length=5, blank=True, help_text="Como 16.6.")

    class Meta:
        verbose_name = "alineación con los ODS"
        verbose_name_plural = "alineaciones con los ODS"
        ordering = ("objetivo", "meta")
        constraints = (
            models.CheckConstraint(
                condition=Q(eje__isnull=True) ^ Q(compromiso__isnull=True), name="alineacion_de_uno_solo"
            ),
            models.UniqueConstraint(
                fields=("eje", "objetivo", "meta"),
                condition=Q(eje__isnull=False),
                name="alineacion_eje_una_vez",
            ),
            models.UniqueConstraint(
                fields=("compromiso", "objetivo", "meta"),
                condition=Q(compromiso__isnull=False),
                name="alineacion_compromiso_una_vez",
            ),
        )

    def __str__(self) -> str:
        return f"ODS {self.meta or self.objetivo}"

    def clean(self) -> None:
        """La meta es de su objetivo."""
        ods.exigir_meta_de(self.objetivo, self.meta)
