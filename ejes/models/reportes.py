"""El reporte bimestral de una institución sobre su eje: lo que escribe, lo que envía, lo que se le dice."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from ejes.estados import ABIERTO, TRANSICIONES_REPORTE, EstadoReporte, Veredicto
from sesiones.models import Asiento
from stl_portal.archivo.models import Archivo
from stl_portal.guardas import Sellada
from stl_portal.sello.models import Publicado
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion
from stl_portal.vigencia import ConVigencia

from .bimestres import Bimestre
from .formato import RenglonFormato
from .plan import DE_0_A_100, Accion, Eje


class ReporteQuerySet(models.QuerySet["Reporte"]):
    """Preguntas sobre reportes."""

    def por_revisar(self) -> Self:
        """Los que esperan al personal técnico."""
        return self.filter(estado__in=(EstadoReporte.ENVIADO, EstadoReporte.VALIDADO))


class Reporte(ConEstado):
    """Lo que una institución informa de un eje en un bimestre.

    Si en un eje responden varias instituciones, cada una hace el suyo sobre sus compromisos.
    """

    TRANSICIONES = TRANSICIONES_REPORTE

    bimestre = models.ForeignKey(Bimestre, on_delete=models.PROTECT, related_name="reportes")
    eje = models.ForeignKey(Eje, on_delete=models.PROTECT, related_name="reportes")
    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="reportes")
    estado = models.CharField(max_length=20, choices=EstadoReporte.choices, default=EstadoReporte.BORRADOR)
    tardio = models.BooleanField("se envió después del límite", default=False)
    limite = models.DateField("límite que regía al enviarlo", null=True, blank=True)

    objects = ReporteQuerySet.as_manager()

    class Meta:
        verbose_name = "reporte bimestral"
        verbose_name_plural = "reportes bimestrales"
        ordering = ("bimestre__numero", "eje__numero", "asiento__orden", "pk")
        constraints = (
            models.UniqueConstraint(fields=("bimestre", "eje", "asiento"), name="reporte_uno_por_bimestre"),
        )

    def __str__(self) -> str:
        return f"Reporte de {self.bimestre}, {self.eje}"

    def get_absolute_url(self) -> str:
        """Página pública del reporte; `bimestre.plan` ya traído."""
        return reverse("ejes:reporte", args=(self.bimestre.plan.clave, self.pk))

    @property
    def url_de_trabajo(self) -> str:
        """Página donde se prepara."""
        return reverse("reportes:reporte", args=(self.pk,))

    @property
    def url_de_revision(self) -> str:
        """Página donde el personal técnico lo revisa."""
        return reverse("revision:reporte", args=(self.pk,))

    @property
    def se_escribe(self) -> bool:
        """Si quien lo prepara todavía puede cambiarlo."""
        return self.estado in ABIERTO


class CambioReporte(CambioDeEstado):
    """Historia del reporte."""

    objeto = models.ForeignKey(Reporte, on_delete=models.CASCADE, related_name="historia")


class Respuesta(ConVersion):
    """Lo que se responde en un renglón del formato; mientras no se envía, es borrador."""

    EDITABLE_SI = Q(reporte__estado__in=ABIERTO)

    reporte = models.ForeignKey(Reporte, on_delete=models.CASCADE, related_name="respuestas")
    renglon = models.ForeignKey(RenglonFormato, on_delete=models.PROTECT, related_name="respuestas")
    texto = models.TextField("respuesta", blank=True)
    valor = models.DecimalField("número", max_digits=16, decimal_places=4, null=True, blank=True)
    no_aplica = models.BooleanField("no aplica", default=False)
    motivo = models.CharField("por qué no aplica", max_length=300, blank=True)

    class Meta:
        verbose_name = "respuesta"
        verbose_name_plural = "respuestas"
        ordering = ("renglon__orden",)
        constraints = (
            models.UniqueConstraint(fields=("reporte", "renglon"), name="respuesta_una_por_renglon"),
            models.CheckConstraint(
                condition=Q(no_aplica=False) | Q(texto="", valor__isnull=True),
                name="respuesta_no_aplica_va_sola",
                violation_error_message="Si no aplica, no lleva respuesta.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.renglon}: {self.texto or self.motivo}"

    @property
    def vacia(self) -> bool:
        """Si no dice nada."""
        return not (self.texto or self.valor is not None or (self.no_aplica and self.motivo))


class AvanceReportado(ConVersion):
    """Lo que se declara de una acción: porcentaje o palabras, con nota."""

    EDITABLE_SI = Q(reporte__estado__in=ABIERTO)

    reporte = models.ForeignKey(Reporte, on_delete=models.CASCADE, related_name="avances")
    accion = models.ForeignKey(Accion, on_delete=models.PROTECT, related_name="avances_reportados")
    declarado = models.DecimalField(
        "avance declarado (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=DE_0_A_100
    )
    textual = models.CharField("avance dicho con palabras", max_length=200, blank=True)
    nota = models.TextField("nota aclaratoria", blank=True)

    class Meta:
        verbose_name = "avance reportado"
        verbose_name_plural = "avances reportados"
        ordering = ("accion__compromiso__eje__numero", "accion__compromiso__numero", "accion__numero")
        constraints = (
            models.UniqueConstraint(fields=("reporte", "accion"), name="avance_uno_por_accion"),
            models.CheckConstraint(
                condition=Q(declarado__isnull=True) | Q(declarado__gte=0, declarado__lte=100),
                name="avance_de_0_a_100",
            ),
            models.CheckConstraint(
                condition=Q(declarado__isnull=True) | Q(textual=""),
                name="avance_cifra_o_palabras",
                violation_error_message="Escribe un porcentaje o palabras, no ambos.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.accion_id}: {self.textual if self.declarado is None else self.declarado}"

    @property
    def vacio(self) -> bool:
        """Si no se ha declarado nada."""
        return self.declarado is None and not self.textual


class Entrega(models.Model):
    """El reporte tal como se envió cada vez. `documento` son bytes canónicos (RFC 8785) y no cambian."""

    SELLADA = Sellada("ya se envió y no se cambia: se envía otra vez")

    reporte = models.ForeignKey(Reporte, on_delete=models.PROTECT, related_name="entregas")
    numero = models.PositiveSmallIntegerField("número")
    documento = models.BinaryField("JSON canónico")
    huella = models.CharField("huella SHA-256", max_length=64)
    enviada_el = models.DateTimeField()
    enviada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    firma = models.CharField("quién la envía, con su cargo", max_length=500)

    class Meta:
        verbose_name = "entrega"
        verbose_name_plural = "entregas"
        ordering = ("numero",)
        constraints = (models.UniqueConstraint(fields=("reporte", "numero"), name="entrega_numero_unico"),)

    def __str__(self) -> str:
        return f"Entrega {self.numero}"


class Dictamen(models.Model):
    """Lo que la revisión dice de un renglón, de una acción o de todo el reporte, en una entrega.

    `verificado` es el avance de la acción que las evidencias revisadas sostienen: no es lo declarado.
    """

    entrega = models.ForeignKey(Entrega, on_delete=models.CASCADE, related_name="dictamenes")
    renglon = models.ForeignKey(
        RenglonFormato, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accion = models.ForeignKey(Accion, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    veredicto = models.CharField(max_length=20, choices=Veredicto.choices)
    nota = models.TextField("qué falta o qué no coincide", blank=True)
    verificado = models.DecimalField(
        "avance verificado (%)", max_digits=5, decimal_places=2, null=True, blank=True, validators=DE_0_A_100
    )
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "dictamen"
        verbose_name_plural = "dictámenes"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(renglon__isnull=True) | Q(accion__isnull=True), name="dictamen_de_uno_solo"
            ),
            models.CheckConstraint(
                condition=~Q(veredicto=Veredicto.OBSERVADO, nota=""),
                name="dictamen_observado_dice_que",
                violation_error_message="Di qué falta o qué no coincide.",
            ),
            models.CheckConstraint(
                condition=Q(verificado__isnull=True)
                | Q(accion__isnull=False, verificado__gte=0, verificado__lte=100),
                name="dictamen_verifica_una_accion",
                violation_error_message="Lo verificado es de una acción y va de 0 a 100.",
            ),
            models.UniqueConstraint(
                fields=("entrega", "renglon"), condition=Q(renglon__isnull=False), name="dictamen_por_renglon"
            ),
            models.UniqueConstraint(
                fields=("entrega", "accion"), condition=Q(accion__isnull=False), name="dictamen_por_accion"
            ),
            models.UniqueConstraint(
                fields=("entrega",),
                condition=Q(renglon__isnull=True, accion__isnull=True),
                name="dictamen_de_todo_el_reporte",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_veredicto_display()}: {self.nota}"


class Encargo(ConVigencia):
    """Colega de la institución que prepara los reportes de un asiento; enviarlos le toca a quien responde."""

    SIN_TRASLAPE = ("asiento", "usuario")
    TRASLAPE = "Esa persona ya tiene el encargo en esas fechas."

    asiento = models.ForeignKey(Asiento, on_delete=models.PROTECT, related_name="encargos")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="encargos", verbose_name="cuenta"
    )
    dado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(ConVigencia.Meta):
        verbose_name = "encargo de preparar reportes"
        verbose_name_plural = "encargos de preparar reportes"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.usuario} prepara los reportes de {self.asiento.institucion}"


class ReportePublicado(Publicado):
    """Lo que se publicó de un reporte. Una corrección es otra fila; la anterior sigue y lo dice."""

    reporte = models.ForeignKey(Reporte, on_delete=models.PROTECT, related_name="publicaciones")
    entrega = models.OneToOneField(Entrega, on_delete=models.PROTECT, related_name="publicacion")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")

    class Meta(Publicado.Meta):
        verbose_name = "reporte publicado"
        verbose_name_plural = "reportes publicados"

    def __str__(self) -> str:
        return f"{self.reporte}, publicado"
