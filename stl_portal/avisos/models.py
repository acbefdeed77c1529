"""Mensajes que salen del portal: se guardan antes de enviarse, para que conste y se pueda reintentar."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone


class EstadoAviso(models.TextChoices):
    """Vida de un mensaje."""

    PENDIENTE = "pendiente", "Por enviar"
    ENVIADO = "enviado", "Enviado"
    FALLIDO = "fallido", "No se pudo enviar"
    EN_RESUMEN = "en_resumen", "Espera el resumen del día"
    RESUMIDO = "resumido", "Salió en un resumen"
    APAGADO = "apagado", "La persona eligió no recibirlo"
    REBOTA = "rebota", "Su correo rebota"


# Lo que ya no espera nada: salió, salió en un resumen o la persona no lo quiso.
ATENDIDOS = (EstadoAviso.ENVIADO, EstadoAviso.RESUMIDO, EstadoAviso.APAGADO)


class Modo(models.TextChoices):
    """Cómo quiere alguien recibir una clase de mensaje; de menos a más."""

    NO = "no", "No recibirlo"
    RESUMEN = "resumen", "En un resumen diario"
    ENSEGUIDA = "enseguida", "Enseguida"


class Aviso(models.Model):
    """Un correo para una persona, con su motivo (p. ej. `sesion:12:convocatoria:0`).

    El motivo identifica el acto que lo causó: el mismo acto no avisa dos veces a la misma persona.
    """

    motivo = models.CharField(max_length=80)
    clase = models.CharField("clase de mensaje", max_length=60, blank=True)
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
    resumen = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="juntados", verbose_name="en qué resumen"
    )

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


class Preferencia(models.Model):
    """Cómo quiere una cuenta una clase de mensaje. Sin renglón, enseguida."""

    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferencias")
    clase = models.CharField("clase de mensaje", max_length=60)
    modo = models.CharField("cómo", max_length=20, choices=Modo.choices)

    class Meta:
        verbose_name = "preferencia de avisos"
        verbose_name_plural = "preferencias de avisos"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("usuario", "clase"), name="preferencia_una_por_clase"),
        )

    def __str__(self) -> str:
        return f"{self.usuario}, {self.clase}: {self.get_modo_display()}"


class RebotesQuerySet(models.QuerySet["Rebote"]):
    """Rebotes, en palabras de quien los atiende."""

    def marcan(self) -> Self:
        """Los que impiden escribir a su correo: permanentes y sin levantar."""
        return self.filter(permanente=True, levantado_el__isnull=True)


class Rebote(models.Model):
    """Una vez que un servidor de correo dijo que no entregó (RFC 3464).

    Uno permanente marca la dirección: no se le escribe hasta que alguien levante la marca.
    """

    correo = models.EmailField()
    permanente = models.BooleanField()
    codigo = models.CharField("código (RFC 3463)", max_length=20)
    dicho = models.CharField("lo que dijo el servidor", max_length=500, blank=True)
    huella = models.CharField(max_length=64, unique=True)  # del aviso de rebote: leerlo otra vez no lo repite
    aviso = models.ForeignKey(Aviso, models.SET_NULL, null=True, blank=True, related_name="rebotes")
    anotado_el = models.DateTimeField(default=timezone.now)
    levantado_el = models.DateTimeField(null=True, blank=True)
    levantado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = RebotesQuerySet.as_manager()

    class Meta:
        verbose_name = "rebote"
        ordering = ("pk",)
        indexes = (models.Index(fields=("correo",)),)

    def __str__(self) -> str:
        return f"{self.correo} ({self.codigo})"
