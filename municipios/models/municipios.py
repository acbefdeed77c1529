"""Los 46 municipios de Guanajuato."""

from django.db import models
from django.urls import reverse


class Municipio(models.Model):
    """Municipio con clave INEGI (11001 a 11046), cabecera y coordenadas en grados WGS 84."""

    clave = models.CharField("clave INEGI", max_length=5, primary_key=True)
    nombre = models.CharField(max_length=100, unique=True)
    cabecera = models.CharField(max_length=100)
    latitud = models.DecimalField(max_digits=8, decimal_places=5)
    longitud = models.DecimalField(max_digits=9, decimal_places=5)

    class Meta:
        ordering = ("clave",)
        verbose_name = "municipio"
        verbose_name_plural = "municipios"

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Página pública del municipio."""
        return reverse("municipios:detalle", args=(self.clave,))

    @property
    def coordenadas(self) -> str:
        """«20.45031° N, 101.53011° O»: todo Guanajuato está al norte y al oeste."""
        return f"{self.latitud}° N, {-self.longitud}° O"
