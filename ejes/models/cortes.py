"""Los cortes del plan: la fotografía del avance a una fecha, tal como se publicó."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from ejes.avance import CERO, CIEN
from ejes.estados import TRANSICIONES_CORTE, EstadoCorte
from sesiones.models import Sesion
from stl_portal.archivo.models import Archivo
from stl_portal.sello.models import Publicado
from stl_portal.transiciones import CambioDeEstado, ConEstado
from stl_portal.versiones import ConVersion

from .evidencias import Evidencia
from .plan import DE_0_A_100, Accion, Compromiso, Eje, Plan
from .reportes import Entrega


class CorteQuerySet(models.QuerySet["Corte"]):
    """Preguntas sobre cortes."""

    def publicados(self) -> Self:
        """Los que cualquiera puede leer."""
        return self.filter(estado=EstadoCorte.PUBLICADO)

    def vigentes(self) -> Self:
        """Los publicados que ninguna corrección publicada sustituyó, del periodo más viejo al más nuevo."""
        corregidos = Q(correccion__estado=EstadoCorte.PUBLICADO)
        return self.publicados().exclude(corregidos).order_by("hasta", "numero")


class Corte(ConVersion, ConEstado):
    """Informe parcial del plan: de qué periodo es y en qué sesión se presentó.

    Lo publicado no cambia: se corrige con otro corte, con su propio número, que dice a cuál `corrige`.
    """

    TRANSICIONES = TRANSICIONES_CORTE
    EDITABLE_SI = Q(estado=EstadoCorte.BORRADOR)

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="cortes")
    numero = models.PositiveSmallIntegerField("número")
    nombre = models.CharField(max_length=200)
    desde = models.DateField()
    hasta = models.DateField("fecha del corte")
    presentado_en = models.ForeignKey(
        Sesion, null=True, blank=True, on_delete=models.PROTECT, related_name="cortes_presentados"
    )
    presentado_el = models.DateField(null=True, blank=True)
    presentado_como = models.CharField(
        "sesión en que se presentó", max_length=200, blank=True, help_text="Si no está en el portal."
    )
    estado = models.CharField(max_length=20, choices=EstadoCorte.choices, default=EstadoCorte.BORRADOR)
    conserva = models.BooleanField(
        "donde nadie reportó, conservar lo del corte anterior",
        default=False,
        help_text="Cada una lo dirá.",
    )
    corrige = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="correccion"
    )
    que_corrige = models.TextField("qué corrige y por qué", blank=True)

    objects = CorteQuerySet.as_manager()

    class Meta:
        verbose_name = "corte"
        verbose_name_plural = "cortes"
        ordering = ("numero",)
        constraints = (
            models.UniqueConstraint(fields=("plan", "numero"), name="corte_numero_unico_en_plan"),
            models.CheckConstraint(
                condition=Q(hasta__gt=F("desde")),
                name="corte_fechas_en_orden",
                violation_error_message="El corte termina después de empezar.",
            ),
            models.CheckConstraint(
                condition=Q(corrige__isnull=True) | ~Q(que_corrige=""),
                name="corte_que_corrige_dice_que",
                violation_error_message="Di qué corrige y por qué.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Página pública del informe; `plan` ya traído."""
        return reverse("ejes:informe", args=(self.plan.clave, self.numero))

    @property
    def url_de_trabajo(self) -> str:
        """Página donde se arma; `plan` ya traído."""
        return reverse("cortes:corte", args=(self.plan.clave, self.numero))

    @property
    def se_arma(self) -> bool:
        """Si todavía puede cambiar."""
        return self.estado == EstadoCorte.BORRADOR


class CambioCorte(CambioDeEstado):
    """Historia del corte."""

    objeto = models.ForeignKey(Corte, on_delete=models.CASCADE, related_name="historia")


def _de_0_a_100(campo: str) -> Q:
    return Q(**{f"{campo}__isnull": True}) | Q(**{f"{campo}__gte": CERO, f"{campo}__lte": CIEN})


class Figura(ConVersion):
    """El avance de una acción, un compromiso, un eje o, sin ninguno, de todo el plan en un corte.

    `declarado` es lo que dijo el responsable y `verificado` lo que sostienen las evidencias revisadas; lo
    calculado no se guarda: sale de las figuras del nivel de abajo (`ejes/cortes/cuadro.py`). `procedencia`
    dice de qué reporte se tomó; lo que el personal cambió después está en `ediciones`.
    """

    EDITABLE_SI = Q(corte__estado=EstadoCorte.BORRADOR)

    corte = models.ForeignKey(Corte, on_delete=models.CASCADE, related_name="figuras")
    eje = models.ForeignKey(Eje, null=True, blank=True, on_delete=models.PROTECT, related_name="figuras")
    compromiso = models.ForeignKey(
        Compromiso, null=True, blank=True, on_delete=models.PROTECT, related_name="figuras"
    )
    accion = models.ForeignKey(
        Accion, null=True, blank=True, on_delete=models.PROTECT, related_name="figuras"
    )
    declarado = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=DE_0_A_100
    )
    textual = models.CharField("avance dicho con palabras", max_length=200, blank=True)
    nota = models.TextField("nota aclaratoria", blank=True)
    con_asterisco = models.BooleanField("el documento la marca con asterisco", default=False)
    verificado = models.DecimalField(
        max_digits=5, decimal_places=2, null=True, blank=True, validators=DE_0_A_100
    )
    explicacion = models.TextField("por qué lo declarado difiere de lo calculado", blank=True)
    responsable = models.CharField("quién respondía", max_length=220, blank=True)
    cargo = models.CharField("su cargo", max_length=300, blank=True)
    procedencia = models.CharField("de dónde se tomó", max_length=300, blank=True)
    entrega = models.ForeignKey(
        Entrega, null=True, blank=True, on_delete=models.PROTECT, related_name="figuras"
    )
    evidencias = models.ManyToManyField(Evidencia, blank=True, related_name="figuras")

    class Meta:
        verbose_name = "avance en un corte"
        verbose_name_plural = "avances en un corte"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(accion__isnull=True, compromiso__isnull=True)
                | Q(accion__isnull=True, eje__isnull=True)
                | Q(compromiso__isnull=True, eje__isnull=True),
                name="figura_de_un_solo_nivel",
            ),
            models.CheckConstraint(
                condition=_de_0_a_100("declarado") & _de_0_a_100("verificado"), name="figura_de_0_a_100"
            ),
            models.CheckConstraint(
                condition=Q(declarado__isnull=True) | Q(textual=""), name="figura_cifra_o_palabras"
            ),
            models.UniqueConstraint(
                fields=("corte",),
                condition=Q(eje__isnull=True, compromiso__isnull=True, accion__isnull=True),
                name="figura_global_unica",
            ),
            *(
                models.UniqueConstraint(
                    fields=("corte", nivel),
                    condition=Q(**{f"{nivel}__isnull": False}),
                    name=f"figura_{nivel}_unica",
                )
                for nivel in ("eje", "compromiso", "accion")
            ),
        )

    def __str__(self) -> str:
        return str(self.accion or self.compromiso or self.eje or self.corte)


class EdicionFigura(models.Model):
    """Un cambio del personal a lo que se tomó de los reportes: qué decía, qué dice ahora y por qué."""

    figura = models.ForeignKey(Figura, on_delete=models.CASCADE, related_name="ediciones")
    que = models.CharField("qué cambió", max_length=60)
    antes = models.TextField()
    ahora = models.TextField()
    motivo = models.TextField()
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    cuando = models.DateTimeField()

    class Meta:
        verbose_name = "cambio a un avance"
        verbose_name_plural = "cambios a un avance"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(motivo=""), name="edicion_con_motivo", violation_error_message="Di por qué."
            ),
        )

    def __str__(self) -> str:
        return f"{self.que}: {self.antes} → {self.ahora}"


class Liga(models.Model):
    """Dirección pública que respalda un avance."""

    figura = models.ForeignKey(Figura, on_delete=models.CASCADE, related_name="ligas")
    direccion = models.URLField("dirección", max_length=500)
    titulo = models.CharField("título", max_length=200, blank=True)

    class Meta:
        verbose_name = "liga"
        verbose_name_plural = "ligas"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.titulo or self.direccion


class CortePublicado(Publicado):
    """El corte tal como se publicó, con su informe impreso."""

    corte = models.OneToOneField(Corte, on_delete=models.PROTECT, related_name="publicacion")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")

    class Meta(Publicado.Meta):
        verbose_name = "corte publicado"
        verbose_name_plural = "cortes publicados"

    def __str__(self) -> str:
        return f"{self.corte}, publicado"
