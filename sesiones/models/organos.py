"""El órgano y lo que de él cambia con el tiempo: nombre y citas legales. Sus reglas, en `reglas.py`."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Coalesce

from sesiones.estados import ClaseOrgano, Sector
from stl_portal.espanol import con_articulo
from stl_portal.vigencia import ConVigencia

if TYPE_CHECKING:
    from .reglas import Regla


class OrganoQuerySet(models.QuerySet["Organo"]):
    """Preguntas sobre órganos."""

    def secretariados(self) -> Self:
        """Sin comisiones ni grupos de trabajo."""
        return self.filter(padre__isnull=True)

    def con_nombre(self) -> Self:
        """Trae las denominaciones para nombrar sin consultas de más."""
        return self.prefetch_related("denominaciones")

    def con_nombre_corto(self, al: dt.date) -> "models.QuerySet[Any]":
        """Anota `nombre_corto`, el de esa fecha: el mismo de `denominacion`, sin traer las demás."""
        suyas = Denominacion.objects.filter(organo=models.OuterRef("pk"))
        vigente = suyas.vigentes(al).order_by("vigente_desde").values("nombre_corto")[:1]
        ultima = suyas.order_by(models.F("vigente_desde").desc(nulls_last=True)).values("nombre_corto")[:1]
        nombre = (models.Subquery(vigente), models.Subquery(ultima), models.F("clave"))
        return self.annotate(nombre_corto=Coalesce(*nombre, output_field=models.CharField()))

    def reales_primero(self) -> Self:
        """En el orden en que se ofrecen para elegir: los ficticios, al final."""
        return self.order_by("ficticio", "clave")


class Organo(models.Model):
    """Secretariado técnico (estatal o municipal), comisión o grupo de trabajo.

    Una comisión es un órgano con `padre`: tiene integrantes, coordinación y reuniones propias.
    """

    clave = models.SlugField(
        "clave en las direcciones", max_length=40, unique=True, help_text="Por ejemplo: stl, stm-leon."
    )
    clase = models.CharField(max_length=20, choices=ClaseOrgano.choices, default=ClaseOrgano.ESTATAL)
    padre = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="comisiones",
        verbose_name="órgano del que depende",
    )
    acompanado_por = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="acompanados",
        verbose_name="secretariado estatal que lo acompaña",
        help_text="Su enlace lee la mesa de los municipales que acompaña.",
    )
    clave_municipio = models.CharField(
        "clave INEGI del municipio", max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$")]
    )
    ficticio = models.BooleanField(
        "es ficticio", default=False, help_text="Se avisa en cada página que sus datos son de demostración."
    )

    objects = OrganoQuerySet.as_manager()

    class Meta:
        verbose_name = "órgano"
        verbose_name_plural = "órganos"
        ordering = ("clave",)
        constraints = (
            models.UniqueConstraint(
                fields=("clave_municipio",),
                condition=models.Q(clase=ClaseOrgano.MUNICIPAL, ficticio=False)
                & ~models.Q(clave_municipio=""),
                name="organo_un_secretariado_por_municipio",
                violation_error_message="Ese municipio ya tiene su secretariado en el portal.",
            ),
        )

    def __str__(self) -> str:
        return self.clave

    def denominacion(self, al: dt.date) -> "Denominacion":
        """Nombre oficial en la fecha; si ninguna rige, la más reciente.

        Lanza `Denominacion.DoesNotExist` si el órgano nunca tuvo nombre.
        """
        todas = sorted(self.denominaciones.all(), key=lambda d: d.vigente_desde or dt.date.min)
        if not todas:
            raise Denominacion.DoesNotExist(f"El órgano {self.clave} no tiene denominación.")
        return next((d for d in todas if d.vigente(al)), todas[-1])

    def regla(self, al: dt.date) -> "Regla":
        """Reglas que rigen en la fecha; lanza `ValidationError` si no hay ninguna."""
        regla = self.reglas.vigentes(al).first()
        if regla is None:
            raise ValidationError(f"El órgano {self.clave} no tiene reglas vigentes el {al:%d/%m/%Y}.")
        return regla

    def cita(self, clave: str, al: dt.date) -> str:
        """Texto de la cita legal vigente (quórum, suplencia, cierre…), o vacío."""
        cita = self.citas.vigentes(al).filter(clave=clave).first()
        return cita.texto if cita else ""


class Denominacion(ConVigencia):
    """Cómo se llama el órgano en un periodo. Un acta de 2020 lleva el nombre de 2020."""

    SIN_TRASLAPE = ("organo",)

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="denominaciones")
    nombre = models.CharField("nombre oficial", max_length=250)
    nombre_corto = models.CharField(max_length=100)
    siglas = models.CharField(max_length=20)
    lugar = models.CharField("lugar de expedición", max_length=120, blank=True)

    class Meta(ConVigencia.Meta):
        verbose_name = "denominación"
        verbose_name_plural = "denominaciones"
        ordering = ("vigente_desde",)

    def __str__(self) -> str:
        return self.nombre

    @property
    def del_nombre(self) -> str:
        """«del Secretariado Técnico Local», «de la Comisión de Datos»: el nombre corto tras «mesa»."""
        return con_articulo(self.nombre_corto, "de")

    @property
    def de_siglas(self) -> str:
        """«del STL», «de la CD»: las siglas con el género de su nombre."""
        return f"{self.del_nombre.removesuffix(self.nombre_corto)}{self.siglas}"


class UsoCita(models.TextChoices):
    """En qué parte de qué documento se imprime una cita legal."""

    PROEMIO = "proemio", "Inicio del acta"
    QUORUM = "quorum", "Declaratoria de quórum"
    CIERRE = "cierre", "Cierre del acta"
    CONVOCATORIA = "convocatoria", "Convocatoria"
    SUPLENCIA = "suplencia", "Suplencias"
    CERTIFICACION = "certificacion", "Certificación de un acuerdo"


class CitaLegal(ConVigencia):
    """Fundamento que se imprime, por clave y fecha."""

    SIN_TRASLAPE = ("organo", "clave")

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="citas")
    clave = models.SlugField(
        max_length=40, help_text="quorum, suplencia, cierre, convocatoria, proemio o certificacion."
    )
    texto = models.CharField(max_length=500)

    class Meta(ConVigencia.Meta):
        verbose_name = "cita legal"
        verbose_name_plural = "citas legales"
        ordering = ("clave", "vigente_desde")

    def __str__(self) -> str:
        return f"{self.uso}: {self.texto[:60]}"

    @property
    def uso(self) -> str:
        """Dónde se imprime, en palabras; una clave que ya no se usa se lee tal cual."""
        return dict(UsoCita.choices).get(self.clave, self.clave)


class Institucion(ConVigencia):
    """Quien ocupa asientos: poder, organismo, municipio, universidad, asociación."""

    nombre = models.CharField(max_length=200, unique=True)
    siglas = models.CharField(max_length=30, blank=True)
    sector = models.CharField(
        max_length=20, choices=Sector.choices, blank=True, help_text="Vacío: el propio secretariado."
    )

    class Meta(ConVigencia.Meta):
        verbose_name = "institución"
        verbose_name_plural = "instituciones"
        ordering = ("nombre", "pk")

    def __str__(self) -> str:
        return self.nombre
