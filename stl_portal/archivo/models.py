"""Archivos recibidos: se guardan por su huella, nunca se sobrescriben. `Subida` es el que llega en partes."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse


class Archivo(models.Model):
    """Un archivo inspeccionado. El nombre de quien lo subió es solo una etiqueta."""

    huella = models.CharField("huella SHA-256", max_length=64, unique=True)
    nombre = models.CharField("nombre original", max_length=255)
    tipo = models.CharField("tipo de contenido", max_length=100)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    paginas = models.PositiveIntegerField("páginas", null=True, blank=True)
    advertencias = models.JSONField(default=list, blank=True)  # lo que conviene saber antes de publicarlo
    subido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    subido_el = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "archivo"
        verbose_name_plural = "archivos"

    def __str__(self) -> str:
        return self.nombre

    @property
    def a_la_vista(self) -> str:
        """Dirección que lo abre en el navegador; lleva su huella y nunca cambia."""
        return f"{reverse('archivo:descargar', args=(self.huella, self.nombre))}?ver=1"

    @property
    def ruta(self) -> str:
        """Ruta dentro del almacén: los dos primeros dígitos de la huella y la huella."""
        return f"{self.huella[:2]}/{self.huella}"


class ZonaTestada(models.Model):
    """Rectángulo de una página que no se publica. Va de 0 a 1 desde la esquina superior izquierda."""

    archivo = models.ForeignKey(Archivo, on_delete=models.CASCADE, related_name="zonas")
    pagina = models.PositiveIntegerField("página")  # desde 1; las imágenes tienen una
    x = models.FloatField("borde izquierdo")
    y = models.FloatField("borde superior")
    ancho = models.FloatField()
    alto = models.FloatField()
    motivo = models.CharField("qué dato es", max_length=200)
    fundamento = models.CharField("fundamento legal", max_length=400)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    creada_el = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "zona testada"
        verbose_name_plural = "zonas testadas"
        ordering = ("pagina", "y", "x", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(x__gte=0, y__gte=0, ancho__gt=0, alto__gt=0)
                & models.Q(x__lte=1 - models.F("ancho"), y__lte=1 - models.F("alto")),
                name="zona_dentro_de_la_pagina",
                violation_error_message="La zona se sale de la página.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.motivo}, página {self.pagina}"


class CopiaPublica(models.Model):
    """Copia de un archivo sin lo testado: ni el texto ni los píxeles están en ella.

    `zonas` repite página, motivo y fundamento de cada zona eliminada, como quedaron al hacerla.
    """

    original = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="copias_publicas")
    publico = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="copia_de")
    zonas = models.JSONField(default=list)
    hecha_el = models.DateTimeField(auto_now_add=True)
    hecha_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = "copia pública"
        verbose_name_plural = "copias públicas"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"Copia pública de {self.original}"


class Subida(models.Model):
    """Un archivo que llega en partes. Lo que `recibido` cuenta ya está en disco y no se pide otra vez.

    `huella` es la que el navegador anunció antes de la primera parte; la que vale es la que el portal calcula
    al final. Al completarse apunta a su `archivo`.
    """

    clave = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    por = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    nombre = models.CharField(max_length=255)
    declarado = models.CharField("tipo declarado", max_length=200, blank=True)
    tamano = models.PositiveBigIntegerField("tamaño en bytes")
    recibido = models.PositiveBigIntegerField("bytes recibidos", default=0)
    huella = models.CharField("huella SHA-256 anunciada", max_length=64)
    destino = models.CharField("dirección que la espera", max_length=300, blank=True)
    empezada_el = models.DateTimeField()
    caduca_el = models.DateTimeField()
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.CASCADE, related_name="subidas"
    )

    class Meta:
        verbose_name = "subida"
        verbose_name_plural = "subidas"
        ordering = ("empezada_el", "clave")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(tamano__gt=0, recibido__lte=models.F("tamano")), name="subida_cabe"
            ),
        )

    def __str__(self) -> str:
        return self.nombre

    @property
    def completa(self) -> bool:
        """Si ya llegaron todas sus partes."""
        return self.recibido == self.tamano
