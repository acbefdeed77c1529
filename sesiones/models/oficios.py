"""Registro de oficios recibidos y enviados, de los que una sesión «da cuenta»."""

from typing import Any

from django.db import models

from sesiones.numeracion import normalizar_folio
from stl_portal.archivo.models import Archivo

from .organos import Organo
from .personas import Persona


class Sentido(models.TextChoices):
    """De dónde a dónde va el oficio."""

    RECIBIDO = "recibido", "Recibido"
    ENVIADO = "enviado", "Enviado"


class Oficio(models.Model):
    """Documento con folio. El folio se guarda literal y también normalizado para encontrarlo."""

    organo = models.ForeignKey(Organo, on_delete=models.PROTECT, related_name="oficios")
    sentido = models.CharField(max_length=10, choices=Sentido.choices, default=Sentido.RECIBIDO)
    folio = models.CharField("folio, tal como viene", max_length=80, blank=True)
    folio_normalizado = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    lugar = models.CharField(max_length=120, blank=True)
    fecha = models.DateField("fecha del oficio", null=True, blank=True)
    asunto = models.CharField(max_length=300)
    remitente = models.CharField(max_length=200)
    remitente_cargo = models.CharField("cargo de quien remite", max_length=250, blank=True)
    remitente_persona = models.ForeignKey(
        Persona, null=True, blank=True, on_delete=models.PROTECT, related_name="oficios_firmados"
    )
    destinatario = models.CharField(max_length=250, blank=True)
    recibido_el = models.DateTimeField("sello de recepción", null=True, blank=True)
    recibido_en = models.CharField("oficialía que recibe", max_length=200, blank=True)
    resumen = models.TextField(blank=True)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="oficios"
    )

    class Meta:
        verbose_name = "oficio"
        verbose_name_plural = "oficios"
        ordering = ("-fecha", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("organo", "sentido", "folio_normalizado"),
                condition=~models.Q(folio_normalizado=""),
                name="oficio_folio_unico",
                violation_error_message="Ya hay un oficio registrado con ese folio.",
            ),
        )

    def __str__(self) -> str:
        return f"Oficio {self.folio}" if self.folio else f"Oficio sin folio: {self.asunto}"

    def clean(self) -> None:
        """Calcula el folio normalizado antes de validar que no se repita."""
        super().clean()
        self.folio_normalizado = normalizar_folio(self.folio)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Mantiene el folio normalizado aunque se guarde sin formulario."""
        self.folio_normalizado = normalizar_folio(self.folio)
        super().save(*args, **kwargs)


class CopiaOficio(models.Model):
    """Con copia para…"""

    oficio = models.ForeignKey(Oficio, on_delete=models.CASCADE, related_name="copias")
    para = models.CharField(max_length=250)

    def __str__(self) -> str:
        return f"C.c.p. {self.para}"
