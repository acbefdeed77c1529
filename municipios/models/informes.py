"""El informe trimestral de un secretariado municipal, mes por mes."""

import datetime as dt
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from municipios.estados import TRANSICIONES_INFORME, Apartado, EstadoInforme
from sesiones.models import Anexo, AnexoPublicado, Organo
from stl_portal.espanol import MESES
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion


class InformeQuerySet(models.QuerySet["InformeTrimestral"]):
    """Preguntas sobre informes trimestrales."""

    def publicados(self) -> Self:
        """Los presentados cuyo anexo se publica hoy con el acta; `archivo_publico` dice con qué archivo."""
        ultima = AnexoPublicado.objects.filter(anexo=OuterRef("anexo")).order_by("-pk")
        con_archivo = self.annotate(archivo_publico=Subquery(ultima.values("archivo")[:1]))
        return con_archivo.filter(estado=EstadoInforme.PRESENTADO, archivo_publico__isnull=False)


class InformeTrimestral(ConEstado):
    """Lo que un secretariado municipal hizo en tres meses. Se numera desde que el órgano existe.

    Al presentarse en sesión queda como anexo de un punto: su PDF y su texto ya no cambian.
    """

    TRANSICIONES = TRANSICIONES_INFORME

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="informes_trimestrales")
    numero = models.PositiveSmallIntegerField("número")
    anio = models.PositiveSmallIntegerField(
        "año", validators=[MinValueValidator(2015), MaxValueValidator(2100)]
    )
    trimestre = models.PositiveSmallIntegerField(
        choices=(
            (1, "Enero a marzo"),
            (2, "Abril a junio"),
            (3, "Julio a septiembre"),
            (4, "Octubre a diciembre"),
        )
    )
    estado = models.CharField(max_length=20, choices=EstadoInforme.choices, default=EstadoInforme.BORRADOR)
    anexo = models.OneToOneField(
        Anexo, null=True, blank=True, on_delete=models.SET_NULL, related_name="informe_trimestral"
    )

    objects = InformeQuerySet.as_manager()

    class Meta:
        verbose_name = "informe trimestral"
        verbose_name_plural = "informes trimestrales"
        ordering = ("-anio", "-trimestre")
        constraints = (
            models.UniqueConstraint(fields=("organo", "numero"), name="informe_numero_unico_en_organo"),
            models.UniqueConstraint(
                fields=("organo", "anio", "trimestre"),
                name="informe_uno_por_trimestre",
                violation_error_message="Ya hay un informe de ese trimestre.",
            ),
            models.CheckConstraint(
                condition=~Q(estado=EstadoInforme.PRESENTADO) | Q(anexo__isnull=False),
                name="informe_presentado_con_anexo",
            ),
        )

    def __str__(self) -> str:
        return f"Informe trimestral {self.numero}, {self.periodo}"

    def get_absolute_url(self) -> str:
        """Página donde se trabaja; `organo` ya traído."""
        return reverse("informes:informe", args=(self.organo.clave, self.numero))

    @property
    def meses(self) -> tuple[int, int, int]:
        """Sus tres meses, del 1 al 12."""
        primero = 3 * self.trimestre - 2
        return primero, primero + 1, primero + 2

    @property
    def desde(self) -> dt.date:
        """Primer día del trimestre."""
        return dt.date(self.anio, self.meses[0], 1)

    @property
    def periodo(self) -> str:
        """«julio a septiembre de 2026»."""
        return f"{MESES[self.meses[0] - 1]} a {MESES[self.meses[2] - 1]} de {self.anio}"


class CambioInforme(CambioDeEstado):
    """Historia del informe."""

    objeto = models.ForeignKey(InformeTrimestral, on_delete=models.CASCADE, related_name="historia")


class TextoDeInforme(ConVersion):
    """Un apartado de un mes del informe."""

    EDITABLE_SI = Q(informe__estado=EstadoInforme.BORRADOR)

    informe = models.ForeignKey(InformeTrimestral, on_delete=models.CASCADE, related_name="textos")
    mes = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(12)])
    apartado = models.CharField(max_length=20, choices=Apartado.choices)
    texto = models.TextField(blank=True)

    class Meta:
        verbose_name = "apartado de informe"
        verbose_name_plural = "apartados de informe"
        ordering = ("mes", "pk")
        constraints = (
            models.UniqueConstraint(fields=("informe", "mes", "apartado"), name="texto_de_informe_unico"),
        )

    def __str__(self) -> str:
        return f"{MESES[self.mes - 1]}, {self.get_apartado_display().lower()}"
