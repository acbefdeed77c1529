"""La versión pública de un acta y de sus anexos: lo mismo, sin los datos personales.

Cada dato que se testa lleva qué es y con qué fundamento se elimina. Lo que se testa desaparece del
archivo; el original queda reservado y su huella, en el registro público.
"""

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models

from stl_portal.archivo.models import Archivo
from stl_portal.guardas import Sellada

from .desahogo import Anexo
from .sellado import CON_ESLABON, Sello

# Con menos letras se borraría medio documento.
LETRAS_MINIMAS = 3


class Testado(models.Model):
    """Un dato que no se publica: dondequiera que el acta lo diga, la versión pública lo omite."""

    sello = models.ForeignKey(Sello, on_delete=models.PROTECT, related_name="testados")
    texto = models.CharField(
        "texto que se elimina", max_length=500, validators=[MinLengthValidator(LETRAS_MINIMAS)]
    )
    motivo = models.CharField("qué dato es", max_length=200)
    fundamento = models.CharField("fundamento legal", max_length=400)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    creado_el = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "testado"
        verbose_name_plural = "testados"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("sello", "texto"),
                name="testado_una_vez",
                violation_error_message="Ese texto ya está marcado.",
            ),
        )

    def __str__(self) -> str:
        return self.motivo


class VersionPublica(models.Model):
    """Lo que cualquiera lee de un acta con datos personales. La última es la única que se entrega.

    `testados` repite motivo y fundamento de cada dato eliminado, numerados como en el texto, sin el dato.
    """

    SELLADA = Sellada(si=CON_ESLABON)

    sello = models.ForeignKey(Sello, on_delete=models.PROTECT, related_name="versiones_publicas")
    ordinal = models.PositiveSmallIntegerField()
    documento = models.BinaryField("JSON canónico, testado")
    xml = models.BinaryField("Akoma Ntoso, testado")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    testados = models.JSONField(default=list)
    elaborada_el = models.DateTimeField()
    elaborada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo = models.CharField("por qué sustituye a la anterior", max_length=500, blank=True)
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        verbose_name = "versión pública"
        verbose_name_plural = "versiones públicas"
        ordering = ("ordinal",)
        constraints = (
            models.UniqueConstraint(fields=("sello", "ordinal"), name="version_publica_ordinal_unico"),
            models.CheckConstraint(
                condition=models.Q(ordinal=1) | ~models.Q(motivo=""), name="version_publica_con_motivo"
            ),
        )

    def __str__(self) -> str:
        return f"Versión pública {self.ordinal} de {self.sello}"


class AnexoPublicado(models.Model):
    """Con qué archivo se publica un anexo: el original, su copia testada o, si se retiró, ninguno.

    La última fila de cada anexo es la que vale.
    """

    SELLADA = Sellada(si=CON_ESLABON)

    anexo = models.ForeignKey(Anexo, on_delete=models.PROTECT, related_name="publicaciones")
    archivo = models.ForeignKey(Archivo, null=True, on_delete=models.PROTECT, related_name="+")
    publicado_el = models.DateTimeField()
    publicado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    motivo = models.CharField("por qué se retira o se cambia", max_length=500, blank=True)
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        verbose_name = "anexo publicado"
        verbose_name_plural = "anexos publicados"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.anexo}, publicado"
