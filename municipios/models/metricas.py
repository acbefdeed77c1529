"""Calificaciones que otros hacen de los municipios, por año y con su fuente."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from sesiones.models import Organo

from .municipios import Municipio


class Metrica(models.Model):
    """Una medición externa (un índice, una evaluación): de quién es, en qué unidad y entre qué valores."""

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="metricas_municipales")
    clave = models.SlugField("clave en los datos", max_length=40)
    nombre = models.CharField(max_length=200)
    autor = models.CharField("quién la hace", max_length=200)
    unidad = models.CharField(max_length=40, blank=True, help_text="puntos, %, lugar…")
    minimo = models.DecimalField("mínimo", max_digits=12, decimal_places=4, null=True, blank=True)
    maximo = models.DecimalField("máximo", max_digits=12, decimal_places=4, null=True, blank=True)
    metodologia = models.URLField("dirección de su metodología", max_length=500, blank=True)

    class Meta:
        verbose_name = "métrica"
        verbose_name_plural = "métricas"
        ordering = ("nombre",)
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "clave"),
                name="metrica_clave_unica",
                violation_error_message="Ya hay una métrica con esa clave.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Su tabla pública; `organo` ya traído."""
        return reverse("municipios:metrica", args=(self.organo.clave, self.clave))

    def fuera_de_rango(self, valor: Decimal) -> str:
        """La frase que lo dice, o vacío si cabe entre su mínimo y su máximo."""
        if self.minimo is not None and valor < self.minimo:
            return f"El mínimo de esta métrica es {self.minimo.normalize():f}."
        if self.maximo is not None and valor > self.maximo:
            return f"El máximo de esta métrica es {self.maximo.normalize():f}."
        return ""


class ValorDeMetrica(models.Model):
    """Lo que un municipio obtuvo un año. `literal` es como lo escribe la fuente («61.870»)."""

    metrica = models.ForeignKey(Metrica, on_delete=models.PROTECT, related_name="valores")
    municipio = models.ForeignKey(Municipio, on_delete=models.PROTECT, related_name="metricas")
    anio = models.PositiveSmallIntegerField(
        "año", validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    valor = models.DecimalField(max_digits=12, decimal_places=4)
    literal = models.CharField("como lo escribe la fuente", max_length=40, blank=True)
    fuente = models.URLField("dirección de la fuente", max_length=500)

    class Meta:
        verbose_name = "valor de una métrica"
        verbose_name_plural = "valores de métricas"
        ordering = ("metrica__nombre", "anio", "municipio")
        constraints = (
            models.UniqueConstraint(
                fields=("metrica", "municipio", "anio"),
                name="metrica_un_valor_por_anio",
                violation_error_message="Ese municipio ya tiene su valor de ese año.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.metrica}, {self.municipio}, {self.anio}"

    @property
    def dicho(self) -> str:
        """Como lo escribe la fuente; si no se guardó, el número sin ceros de sobra."""
        return self.literal or f"{self.valor.normalize():f}"
