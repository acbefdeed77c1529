"""El informe anual, lo que se escribe en cada apartado y el documento con que se publica."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from stl_portal.archivo.models import Archivo
from stl_portal.sello.models import Publicado
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion

from .apartado import Periodo
from .estados import TRANSICIONES_INFORME, EstadoInforme


class InformeQuerySet(models.QuerySet["InformeAnual"]):
    """Preguntas sobre informes anuales."""

    def publicados(self) -> Self:
        """Los que cualquiera lee, también los que después se corrigieron."""
        return self.filter(estado=EstadoInforme.PUBLICADO)

    def vigentes(self) -> Self:
        """Los publicados que ninguna corrección publicada sustituyó, del periodo más reciente al primero."""
        corregidos = Q(correccion__estado=EstadoInforme.PUBLICADO)
        return self.publicados().exclude(corregidos).order_by("-hasta", "-desde", "clave")


class InformeAnual(ConEstado):
    """El informe de actividades de un órgano en un periodo.

    Lo publicado no cambia: se corrige con otro informe, con su propia clave, que dice a cuál `corrige`.
    `organo` es su clave primaria y `clave_del_organo` la de sus direcciones: aquí no se conoce su tabla.
    """

    TRANSICIONES = TRANSICIONES_INFORME

    organo = models.PositiveBigIntegerField("órgano", editable=False)
    clave_del_organo = models.SlugField("clave del órgano", max_length=40, editable=False)
    clave = models.SlugField("clave en su dirección", max_length=60, unique=True, editable=False)
    desde = models.DateField("primer día")
    hasta = models.DateField("último día")
    estado = models.CharField(max_length=12, choices=EstadoInforme.choices, default=EstadoInforme.BORRADOR)
    corrige = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correccion"
    )
    que_corrige = models.TextField("qué corrige y por qué", max_length=1000, blank=True)

    objects = InformeQuerySet.as_manager()

    class Meta:
        verbose_name = "informe anual"
        verbose_name_plural = "informes anuales"
        ordering = ("-hasta", "-pk")
        indexes = (models.Index(fields=("organo", "estado"), name="informe_anual_del_organo"),)
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "desde", "hasta"),
                condition=Q(corrige__isnull=True),
                name="informe_anual_uno_por_periodo",
                violation_error_message="El órgano ya tiene un informe de ese periodo.",
            ),
            models.CheckConstraint(
                condition=Q(hasta__gte=F("desde")),
                name="informe_anual_fechas_en_orden",
                violation_error_message="El periodo termina antes de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(corrige__isnull=True) | ~Q(que_corrige=""),
                name="informe_anual_dice_que_corrige",
                violation_error_message="Di qué corrige y por qué.",
            ),
        )

    def __str__(self) -> str:
        if self.del_ano:
            return f"Informe anual {self.hasta.year}"
        anios = sorted({self.desde.year, self.hasta.year})
        return f"Informe de actividades {'-'.join(map(str, anios))}"

    def get_absolute_url(self) -> str:
        """Su página pública."""
        return reverse("informes_anuales:informe", args=(self.clave,))

    @property
    def url_de_trabajo(self) -> str:
        """Donde se arma."""
        return reverse("informe_anual:informe", args=(self.clave,))

    @property
    def periodo(self) -> Periodo:
        """De qué día a qué día."""
        return Periodo(self.desde, self.hasta)

    @property
    def del_ano(self) -> bool:
        """Si abarca un año completo, de enero a diciembre."""
        de_enero = (self.desde.month, self.desde.day) == (1, 1)
        a_diciembre = (self.hasta.month, self.hasta.day) == (12, 31)
        return self.desde.year == self.hasta.year and de_enero and a_diciembre

    @property
    def se_arma(self) -> bool:
        """Si todavía puede cambiar."""
        return self.estado == EstadoInforme.BORRADOR


class CambioInformeAnual(CambioDeEstado):
    """Historia del informe."""

    objeto = models.ForeignKey(InformeAnual, on_delete=models.CASCADE, related_name="historia")

    class Meta(CambioDeEstado.Meta):
        verbose_name = "paso de un informe anual"
        verbose_name_plural = "pasos de los informes anuales"


class TextoDeApartado(ConVersion):
    """Lo que se escribe antes de los hechos de un apartado, y si el apartado va en el informe."""

    EDITABLE_SI = Q(informe__estado=EstadoInforme.BORRADOR)

    informe = models.ForeignKey(InformeAnual, on_delete=models.CASCADE, related_name="textos")
    apartado = models.SlugField("apartado", max_length=40)
    texto = models.TextField("texto de introducción", blank=True)
    va = models.BooleanField("va en el informe", default=True)

    class Meta:
        verbose_name = "apartado de un informe anual"
        verbose_name_plural = "apartados de los informes anuales"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("informe", "apartado"), name="apartado_anual_una_vez"),
        )

    def __str__(self) -> str:
        return f"{self.informe}: {self.apartado}"


class InformePublicado(Publicado):
    """El informe tal como se publicó, con su PDF."""

    informe = models.OneToOneField(InformeAnual, on_delete=models.PROTECT, related_name="publicacion")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")

    class Meta(Publicado.Meta):
        verbose_name = "informe anual publicado"
        verbose_name_plural = "informes anuales publicados"

    def __str__(self) -> str:
        return f"{self.informe}, publicado"
