"""Mensajes que salen del portal: se guardan antes de enviarse, para que conste y se pueda reintentar."""

from django.db import models
from django.utils import timezone


class EstadoAviso(models.TextChoices):
    """Vida de un mensaje."""

    PENDIENTE = "pendiente", "Por enviar"
    ENVIADO = "enviado", "Enviado"
    FALLIDO = "fallido", "No se pudo enviar"


class Aviso(models.Model):
    """Un correo para una persona, con su motivo (p. ej. `sesion:12:convocatoria:0`).

    El motivo identifica el acto que lo causó: el mismo acto no avisa dos veces a la misma persona.
    """

    motivo = models.CharField(max_length=80)
    para = models.EmailField()
    nombre = models.CharField("de quién es el correo", max_length=200, blank=True)
    asunto = models.CharField(max_length=200)
    cuerpo = models.TextField()
    estado = models.CharField(max_length=20, choices=EstadoAviso.choices, default=EstadoAviso.PENDIENTE)
    creado_el = models.DateTimeField(auto_now_add=True)
    enviado_el = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)
    intentos = models.PositiveSmallIntegerField(default=0)
    # Antes de este instante nadie lo toma: es la espera entre intentos y también el apartado de
    # quien lo está enviando, que caduca solo si ese proceso muere.
    no_antes_de = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("motivo", "para"), name="aviso_una_vez_por_motivo"),)

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


class Suscripcion(models.Model):
    """Un correo que sigue un tema público (`organo:stl`) sin tener cuenta.

    Nace sin confirmar y solo recibe avisos quien la confirmó desde su correo; darse de baja la borra.
    """

    correo = models.EmailField()
    tema = models.CharField(max_length=80)
    clave = models.CharField("clave de sus ligas", max_length=43, unique=True)
    pedida_el = models.DateTimeField(default=timezone.now)
    confirmada_el = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "suscripción"
        verbose_name_plural = "suscripciones"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("correo", "tema"), name="suscripcion_una_por_tema"),)

    def __str__(self) -> str:
        return f"{self.correo} sigue {self.tema}"
