"""Las cifras de redes sociales de un órgano, por periodo: lo que escribe la fuente y el número confirmado."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from sesiones.eventos.estados import Medida, Red
from sesiones.models import Organo
from stl_portal.espanol import fecha_larga

from .eventos import DE_LA_WEB


class CifraQuerySet(models.QuerySet["CifraDeRed"]):
    """Preguntas sobre las cifras."""

    def del_periodo(self, desde: dt.date, hasta: dt.date) -> Self:
        """Las que caben enteras entre esos dos días, para el informe anual."""
        return self.filter(desde__gte=desde, hasta__lte=hasta)


class CifraDeRed(models.Model):
    """Una cifra de una red entre dos días. `literal` es como la escribe la fuente («61.870», «52k»).

    El número lo propone el portal y lo confirma una persona, que queda anotada. No tiene página: se publica
    con el informe anual.
    """

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="cifras_de_redes")
    red = models.CharField(max_length=20, choices=Red.choices)
    cuenta = models.CharField(max_length=120, blank=True, help_text="Si hay varias: @datosabiertos.")
    medida = models.CharField("qué se contó", max_length=20, choices=Medida.choices)
    desde = models.DateField()
    hasta = models.DateField()
    literal = models.CharField(
        "como lo escribe la fuente", max_length=60, help_text="Tal cual, con sus signos: 61.870, 52k."
    )
    valor = models.DecimalField("número", max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    fuente = models.URLField("dirección de la fuente", max_length=500, blank=True, validators=[DE_LA_WEB])
    confirmado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name="quién confirmó el número",
    )
    confirmado_el = models.DateTimeField("cuándo se confirmó", null=True, editable=False)

    objects = CifraQuerySet.as_manager()

    class Meta:
        verbose_name = "cifra de una red social"
        verbose_name_plural = "cifras de redes sociales"
        ordering = ("-hasta", "red", "medida", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "red", "cuenta", "medida", "desde", "hasta"),
                name="agenda_cifra_una_vez",
                violation_error_message="Esa cifra ya está registrada en ese periodo.",
            ),
            models.CheckConstraint(
                condition=Q(hasta__gte=F("desde")),
                name="agenda_cifra_fechas_en_orden",
                violation_error_message="El periodo termina antes de empezar.",
            ),
            models.CheckConstraint(condition=Q(valor__gte=0), name="agenda_cifra_no_negativa"),
        )

    def __str__(self) -> str:
        return f"{self.get_red_display()}, {self.get_medida_display().lower()}, {self.periodo}"

    @property
    def periodo(self) -> str:
        """«del 1 de enero de 2026 al 31 de diciembre de 2026»."""
        return f"del {fecha_larga(self.desde)} al {fecha_larga(self.hasta)}"

    @property
    def dicho(self) -> str:
        """El número, con sus millares y sin ceros de sobra."""
        return f"{self.valor:,.2f}".rstrip("0").rstrip(".")

    def confirmar(self, por: Any) -> None:
        """Deja dicho quién respondió por el número, y cuándo."""
        self.confirmado_por, self.confirmado_el = por, timezone.now()
        self.save(update_fields=["confirmado_por", "confirmado_el"])
