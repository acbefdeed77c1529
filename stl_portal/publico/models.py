"""La edición de lo público: lo único que la portada y las demás páginas guardan de sí mismas."""

from django.db import models


class Edicion(models.Model):
    """Qué edición de lo público es la vigente; un solo renglón.

    `clave` no cuenta: se inventa en cada cambio. Así ninguna se repite, ni siquiera al restaurar un
    respaldo y publicar otra cosa.
    """

    UNICA = 1  # la clave primaria del renglón

    clave = models.CharField(max_length=32)

    class Meta:
        verbose_name = "edición de lo público"
        verbose_name_plural = "ediciones de lo público"

    def __str__(self) -> str:
        return self.clave
