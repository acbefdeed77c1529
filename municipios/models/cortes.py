"""Los cortes municipales: cuántos municipios están en cada situación a una fecha, tal como se publicó."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from municipios.estados import TRANSICIONES_CORTE, EstadoCorte
from sesiones.models import Organo, Punto
from stl_portal.sello.models import Publicado
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion

from .etapas import Etapa, Situacion


class CorteMunicipalQuerySet(models.QuerySet["CorteMunicipal"]):
    """Preguntas sobre cortes municipales."""

    def publicados(self) -> Self:
        """Los que cualquiera puede leer."""
        return self.filter(estado=EstadoCorte.PUBLICADO)

    def vigentes(self) -> Self:
        """Los publicados que ninguna corrección publicada sustituyó, del más viejo al más nuevo."""
        corregidos = Q(correccion__estado=EstadoCorte.PUBLICADO)
        return self.publicados().exclude(corregidos).order_by("fecha", "numero")

    def anterior_a(self, corte: "CorteMunicipal") -> "CorteMunicipal | None":
        """El que corrige o, si no corrige ninguno, el vigente justo antes; de la misma fecha, por número."""
        if corte.corrige_id:
            return self.filter(pk=corte.corrige_id).first()
        antes = Q(fecha__lt=corte.fecha) | Q(fecha=corte.fecha, numero__lt=corte.numero)
        return self.vigentes().filter(antes, organo=corte.organo_id).last()


class CorteMunicipal(ConVersion, ConEstado):
    """Fotografía de los municipios a una fecha. Lo publicado no cambia: lo corrige otro corte.

    De cada etapa se publica el desglose (lo anotado hasta la fecha) o, si solo se conoce, el total; las
    que quedan `fuera` no se mencionan: callar no es decir que de los 46 no hay información.
    """

    TRANSICIONES = TRANSICIONES_CORTE
    EDITABLE_SI = Q(estado=EstadoCorte.BORRADOR)

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="cortes_municipales")
    numero = models.PositiveSmallIntegerField("número")
    nombre = models.CharField(max_length=200)
    fecha = models.DateField("fecha del corte")
    punto = models.ForeignKey(
        Punto,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cortes_municipales",
        verbose_name="punto de la sesión donde se presentó",
    )
    fuente = models.CharField("de dónde se tomó", max_length=300, blank=True)
    nota = models.TextField("nota aclaratoria", blank=True)
    estado = models.CharField(max_length=20, choices=EstadoCorte.choices, default=EstadoCorte.BORRADOR)
    corrige = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correccion"
    )
    que_corrige = models.TextField("qué corrige y por qué", blank=True)
    fuera = models.ManyToManyField(
        Etapa, blank=True, related_name="+", verbose_name="etapas de las que no dice nada"
    )

    objects = CorteMunicipalQuerySet.as_manager()

    class Meta:
        verbose_name = "corte municipal"
        verbose_name_plural = "cortes municipales"
        ordering = ("fecha", "numero")
        constraints = (
            models.UniqueConstraint(fields=("organo", "numero"), name="corte_municipal_numero_unico"),
            models.CheckConstraint(
                condition=Q(corrige__isnull=True) | ~Q(que_corrige=""),
                name="corte_municipal_que_corrige_dice_que",
                violation_error_message="Di qué corrige y por qué.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Página pública del corte; `organo` ya traído."""
        return reverse("municipios:corte", args=(self.organo.clave, self.numero))

    @property
    def url_de_trabajo(self) -> str:
        """Página donde se prepara; `organo` ya traído."""
        return reverse("cortes_municipales:corte", args=(self.organo.clave, self.numero))


class CambioCorteMunicipal(CambioDeEstado):
    """Historia del corte."""

    objeto = models.ForeignKey(CorteMunicipal, on_delete=models.CASCADE, related_name="historia")


class EtapaSoloTotal(models.Model):
    """Una etapa de la que, en un corte, solo se conocen los totales: no se inventa el desglose."""

    corte = models.ForeignKey(CorteMunicipal, on_delete=models.CASCADE, related_name="solo_totales")
    etapa = models.ForeignKey(Etapa, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("corte", "etapa"), name="solo_total_una_vez"),)

    def __str__(self) -> str:
        return f"{self.etapa}: solo totales"


class Total(models.Model):
    """Cuántos municipios están en una situación, cuando solo se conoce el total."""

    corte = models.ForeignKey(CorteMunicipal, on_delete=models.CASCADE, related_name="totales")
    situacion = models.ForeignKey(Situacion, on_delete=models.PROTECT, related_name="totales")
    cantidad = models.PositiveSmallIntegerField("municipios")

    class Meta:
        verbose_name = "total"
        verbose_name_plural = "totales"
        ordering = ("situacion__etapa__orden", "situacion__orden")
        constraints = (models.UniqueConstraint(fields=("corte", "situacion"), name="total_una_vez"),)

    def __str__(self) -> str:
        return f"{self.situacion}: {self.cantidad}"


class CorteMunicipalPublicado(Publicado):
    """El corte municipal tal como se publicó."""

    corte = models.OneToOneField(CorteMunicipal, on_delete=models.PROTECT, related_name="publicacion")

    class Meta(Publicado.Meta):
        verbose_name = "corte municipal publicado"
        verbose_name_plural = "cortes municipales publicados"

    def __str__(self) -> str:
        return f"{self.corte}, publicado"
