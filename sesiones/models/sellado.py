"""El acta sellada: su contenido para siempre, los lugares de firma, cada firma y su publicación.

Nada de lo que hay aquí se edita ni se borra: lo impiden disparadores en la base de datos (`SELLADA`
en cada modelo). Una corrección es otra versión del acta.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from sesiones.estados import ClaseFirma
from stl_portal.archivo.models import Archivo
from stl_portal.guardas import Sellada

from .actas import Acta
from .organos import Organo
from .personas import Persona

# Lo que llega por importación se anota en el registro al final de la misma transacción: hasta entonces es 0.
CON_ESLABON = "{fila}.eslabon <> 0"


class Sello(models.Model):
    """El contenido congelado al sellar. `documento` son los bytes canónicos (RFC 8785) y nunca se rehacen."""

    SELLADA = Sellada(si=CON_ESLABON)

    acta = models.OneToOneField(Acta, on_delete=models.PROTECT, related_name="sello")
    documento = models.BinaryField("JSON canónico")
    huella = models.CharField("huella SHA-256", max_length=64, unique=True)
    codigo = models.CharField("código de verificación", max_length=20, unique=True)
    xml = models.BinaryField("Akoma Ntoso")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")
    sellado_el = models.DateTimeField()
    sellado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "sello"
        verbose_name_plural = "sellos"

    def __str__(self) -> str:
        return self.codigo


class LugarDeFirma(models.Model):
    """Un renglón de la hoja de firmas, con el nombre y cargo que se imprimieron y su campo en el PDF."""

    SELLADA = Sellada()

    sello = models.ForeignKey(Sello, on_delete=models.PROTECT, related_name="lugares")
    orden = models.PositiveSmallIntegerField()
    campo = models.CharField("campo del PDF", max_length=20)
    persona = models.ForeignKey(Persona, null=True, on_delete=models.PROTECT, related_name="lugares_de_firma")
    nombre = models.CharField(max_length=220)
    cargo = models.CharField(max_length=250, blank=True)
    institucion = models.CharField("institución", max_length=200, blank=True)

    class Meta:
        verbose_name = "lugar de firma"
        verbose_name_plural = "lugares de firma"
        ordering = ("orden",)
        constraints = (models.UniqueConstraint(fields=("sello", "orden"), name="lugar_orden_unico"),)

    def __str__(self) -> str:
        return self.nombre

    @property
    def resuelto(self) -> "Firma | None":
        """La firma, o la última negativa; None si falta."""
        return max(self.firmas.all(), key=lambda firma: firma.pk, default=None)

    @property
    def firmado(self) -> bool:
        """Si ya firmó, del modo que sea."""
        return any(firma.clase != ClaseFirma.NEGADA for firma in self.firmas.all())


class Firma(models.Model):
    """Un acto de firma, o la negativa a firmar, con el PDF que resultó de él.

    `detalle` dice el método y, en la avanzada, lo que del certificado se puede publicar: nunca RFC ni CURP.
    """

    SELLADA = Sellada(si=CON_ESLABON)

    lugar = models.ForeignKey(LugarDeFirma, on_delete=models.PROTECT, related_name="firmas")
    clase = models.CharField(max_length=20, choices=ClaseFirma.choices)
    cuando = models.DateTimeField()
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    motivo = models.CharField("por qué no firma", max_length=500, blank=True)
    escaneo = models.ForeignKey(Archivo, null=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    detalle = models.JSONField(default=dict)
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        verbose_name = "firma"
        verbose_name_plural = "firmas"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=("lugar",), condition=~Q(clase=ClaseFirma.NEGADA), name="firma_una_por_lugar"
            ),
            models.CheckConstraint(
                condition=~Q(clase=ClaseFirma.NEGADA) | ~Q(motivo=""), name="firma_negada_con_motivo"
            ),
            models.CheckConstraint(
                condition=~Q(clase=ClaseFirma.AUTOGRAFA) | Q(escaneo__isnull=False),
                name="firma_autografa_con_escaneo",
            ),
        )

    def __str__(self) -> str:
        return f"{self.lugar}: {self.get_clase_display().lower()}"


class Preparacion(models.Model):
    """El turno de quien firma con e.firma: lo que se le dio a firmar y hasta cuándo es suyo.

    Es lo único de aquí que se borra: al terminar, al vencer o cuando el PDF avanza sin ella.
    """

    sello = models.OneToOneField(Sello, on_delete=models.CASCADE, related_name="preparacion")
    lugar = models.ForeignKey(LugarDeFirma, on_delete=models.CASCADE, related_name="+")
    clave = models.CharField("clave de un solo uso", max_length=43, unique=True)
    base = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    certificado = models.BinaryField()
    datos = models.BinaryField("lo preparado")
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    vence = models.DateTimeField()

    def __str__(self) -> str:
        return f"Turno de {self.lugar}"


class Publicacion(models.Model):
    """El PDF cerrado con el sello del órgano, tal como se publicó."""

    SELLADA = Sellada(si=CON_ESLABON)

    sello = models.OneToOneField(Sello, on_delete=models.PROTECT, related_name="publicacion")
    pdf = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    publicada_el = models.DateTimeField()
    publicada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    eslabon = models.PositiveBigIntegerField("eslabón en el registro público")

    class Meta:
        verbose_name = "publicación"
        verbose_name_plural = "publicaciones"

    def __str__(self) -> str:
        return f"Publicación de {self.sello}"


class RaizDeConfianza(models.Model):
    """Autoridad certificadora cuyas firmas acepta el órgano. Dato con dueño, nunca constante."""

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="raices")
    nombre = models.CharField(max_length=200)
    certificado = models.BinaryField("certificado DER")
    huella = models.CharField("huella SHA-256", max_length=64)
    intermedia = models.BooleanField(
        "es intermedia", default=False, help_text="No da confianza por sí misma: ayuda a llegar a la raíz."
    )

    class Meta:
        verbose_name = "raíz de confianza"
        verbose_name_plural = "raíces de confianza"
        ordering = ("nombre",)
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "huella"),
                name="raiz_una_vez_por_organo",
                violation_error_message="Ese certificado ya está registrado.",
            ),
        )

    def __str__(self) -> str:
        return self.nombre


def pdf_actual(sello: Sello) -> Archivo:
    """El PDF con las firmas que lleva: el último que resultó de una, o el que se selló."""
    ultima = Firma.objects.filter(lugar__sello=sello).select_related("pdf").order_by("pk").last()
    return ultima.pdf if ultima else sello.pdf
