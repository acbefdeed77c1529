"""Mensajes que salen del portal: se guardan antes de enviarse, para que conste y se pueda reintentar."""

from django.db import models


class EstadoAviso(models.TextChoices):
    """Vida de un mensaje."""

    PENDIENTE = "pendiente", "Por enviar"
    ENVIADO = "enviado", "Enviado"
    FALLIDO = "fallido", "No se pudo enviar"


class Aviso(models.Model):
    """Un correo para una persona, con su motivo (p. ej. `convocatoria:12`)."""

    motivo = models.CharField(max_length=80)
    para = models.EmailField()
    asunto = models.CharField(max_length=200)
    cuerpo = models.TextField()
    estado = models.CharField(
        max_length=20, choices=EstadoAviso.choices, default=EstadoAviso.PENDIENTE
    )
    creado_el = models.DateTimeField(auto_now_add=True)
    enviado_el = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("motivo", "para"), name="aviso_una_vez_por_motivo"),
        )

    def __str__(self) -> str:
        return f"{self.asunto} → {self.para}"


class Adjunto(models.Model):
    """Archivo que viaja con el aviso (PDF, calendario)."""

    aviso = models.ForeignKey(Aviso, on_delete=models.CASCADE, related_name="adjuntos")
    nombre = models.CharField(max_length=120)
    tipo = models.CharField(max_length=80)
    contenido = models.BinaryField()

    def __str__(self) -> str:
        return self.nombre
