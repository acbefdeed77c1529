"""Cada vez que se respaldó, se restauró o se ensayó restaurar: cuándo, cómo salió y el informe."""

from django.db import models


class Clase(models.TextChoices):
    """Qué se hizo."""

    RESPALDO = "respaldo", "Respaldo"
    SIMULACRO = "simulacro", "Simulacro de restauración"
    RESTAURACION = "restauracion", "Restauración"


class Corrida(models.Model):
    """Una vez que se hizo, bien o mal. Se anota al terminar: la que muere a la mitad no cuenta."""

    clase = models.CharField("clase", max_length=12, choices=Clase)
    empezo_el = models.DateTimeField("empezó")
    termino_el = models.DateTimeField("terminó")
    bien = models.BooleanField("éxito")
    dicho = models.TextField("en una frase")
    archivo = models.CharField("archivo del respaldo", max_length=300, blank=True)
    tamano = models.PositiveBigIntegerField("tamaño en bytes", null=True, blank=True)
    huella = models.CharField("huella SHA-256 del archivo", max_length=64, blank=True)
    informe = models.TextField(blank=True)

    class Meta:
        verbose_name = "respaldo o simulacro"
        verbose_name_plural = "respaldos y simulacros"
        ordering = ("-termino_el", "-pk")
        indexes = (models.Index(fields=("clase", "bien", "-termino_el"), name="corrida_ultima"),)

    def __str__(self) -> str:
        return f"{self.get_clase_display()}: {self.dicho}"
