"""Quién dictamina, cómo calificó y qué resultó."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from stl_portal.guardas.sellado import Sellada

from .certamenes import Certamen, Criterio
from .postulaciones import Postulacion


class IntegranteDelComite(models.Model):
    """Una persona, por una institución; entra con su cuenta. De ella solo se publica la institución."""

    certamen = models.ForeignKey(Certamen, on_delete=models.PROTECT, related_name="comite")
    institucion = models.CharField("institución", max_length=200)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="persona"
    )

    class Meta:
        verbose_name = "integrante del comité"
        verbose_name_plural = "integrantes del comité"
        ordering = ("institucion", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("certamen", "usuario"),
                name="comite_una_vez",
                violation_error_message="Esa persona ya está en el comité.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.usuario}, {self.institucion}"


class Dictamen(models.Model):
    """Lo que alguien del comité dijo de una postulación: sus puntos o por qué se abstuvo. Nunca ambos."""

    postulacion = models.ForeignKey(Postulacion, on_delete=models.PROTECT, related_name="dictamenes")
    integrante = models.ForeignKey(IntegranteDelComite, on_delete=models.PROTECT, related_name="dictamenes")
    abstencion = models.BooleanField("se abstuvo", default=False)
    motivo = models.CharField("conflicto de interés", max_length=300, blank=True)
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "dictamen"
        verbose_name_plural = "dictámenes"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("postulacion", "integrante"), name="dictamen_uno_por_integrante"),
            models.CheckConstraint(
                condition=Q(abstencion=True) & ~Q(motivo="") | Q(abstencion=False, motivo=""),
                name="dictamen_abstencion_con_motivo",
            ),
        )

    def __str__(self) -> str:
        return f"Dictamen {self.pk} de la postulación {self.postulacion_id}"


class Puntaje(models.Model):
    """Los puntos de un criterio en un dictamen."""

    dictamen = models.ForeignKey(Dictamen, on_delete=models.CASCADE, related_name="puntajes")
    criterio = models.ForeignKey(Criterio, on_delete=models.PROTECT, related_name="+")
    puntos = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "puntaje"
        verbose_name_plural = "puntajes"
        ordering = ("criterio__orden",)
        constraints = (
            models.UniqueConstraint(fields=("dictamen", "criterio"), name="puntaje_uno_por_criterio"),
        )

    def __str__(self) -> str:
        return str(self.puntos)


class Resultado(models.Model):
    """Dónde quedó una postulación al cerrarse el dictamen, con la cuenta y su porqué."""

    SELLADA = Sellada(frase="el dictamen ya se cerró")

    postulacion = models.OneToOneField(Postulacion, on_delete=models.PROTECT, related_name="resultado")
    promedio = models.DecimalField("promedio, sobre 100", max_digits=5, decimal_places=2)
    orden = models.PositiveSmallIntegerField()
    lugar = models.PositiveSmallIntegerField(null=True, blank=True)
    mencion = models.BooleanField("mención", default=False)
    porque = models.TextField("por qué quedó ahí")

    class Meta:
        verbose_name = "resultado"
        verbose_name_plural = "resultados"
        ordering = ("orden", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(lugar__isnull=True) | Q(mencion=False), name="resultado_lugar_o_mencion"
            ),
        )

    def __str__(self) -> str:
        return self.dicho or f"Orden {self.orden}"

    @property
    def dicho(self) -> str:
        """«Primer lugar», «Mención»; vacío si no se reconoció."""
        return nombre_del_lugar(self.lugar) if self.lugar else "Mención" if self.mencion else ""


_ORDINALES = (
    "Primer",
    "Segundo",
    "Tercer",
    "Cuarto",
    "Quinto",
    "Sexto",
    "Séptimo",
    "Octavo",
    "Noveno",
    "Décimo",
)


def nombre_del_lugar(lugar: int) -> str:
    """«Primer lugar»; del undécimo en adelante, «Lugar 11»."""
    return f"{_ORDINALES[lugar - 1]} lugar" if lugar <= len(_ORDINALES) else f"Lugar {lugar}"
