"""Archivos recibidos: se guardan por su huella, nunca se sobrescriben."""

from django.conf import settings
from django.db import models


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
    def ruta(self) -> str:
        """Ruta dentro del almacén: los dos primeros dígitos de la huella y la huella."""
        return f"{self.huella[:2]}/{self.huella}"
