"""Las versiones de los datos abiertos: lo que cada conjunto decía cuando cambió, con identificador propio."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from stl_portal.archivo.models import Archivo
from stl_portal.guardas import Sellada


class VersionDeDatos(models.Model):
    """Un conjunto tal como estaba: su CSV, guardado comprimido, no cambia nunca.

    `huella` es la del CSV sin comprimir, que es lo que se descarga; `hasta`, el último acto del registro
    público que ya estaba cuando se leyó; `eslabon`, el que la anota a ella. `cambios` cuenta las filas de
    más, de menos y distintas (por `id`) contra la anterior; vacío en la primera. Solo puede retirarse, si
    la ley lo exige: entonces se dice por qué y su contenido deja de entregarse.
    """

    SELLADA: ClassVar[Sellada] = Sellada(
        "una versión de los datos no se cambia", libres=("retirada_el", "motivo")
    )

    conjunto = models.CharField(max_length=60)
    numero = models.PositiveIntegerField("número")
    publicada_el = models.DateTimeField()
    hasta = models.PositiveBigIntegerField("hasta qué eslabón llega")
    eslabon = models.PositiveBigIntegerField("eslabón que la anota")
    huella = models.CharField("huella SHA-256", max_length=64, db_index=True)
    filas = models.PositiveBigIntegerField()
    pesos = models.JSONField("bytes de cada forma")  # {"csv": 1200, "json": 3400, "xlsx": 5600}
    grafica = models.JSONField(default=list)  # pares de categoría y cantidad, como se dibujan
    esquema = models.JSONField("Table Schema con que se publicó")
    cambios = models.JSONField(default=dict)
    archivo = models.ForeignKey(Archivo, on_delete=models.PROTECT, related_name="+")
    retirada_el = models.DateTimeField(null=True, blank=True)
    motivo = models.CharField("por qué se retiró", max_length=300, blank=True)

    class Meta:
        verbose_name = "versión de datos"
        verbose_name_plural = "versiones de datos"
        ordering = ("conjunto", "numero")
        constraints = (
            models.UniqueConstraint(fields=("conjunto", "numero"), name="version_de_datos_unica"),
            models.CheckConstraint(
                condition=models.Q(retirada_el=None, motivo="")
                | (models.Q(retirada_el__isnull=False) & ~models.Q(motivo="")),
                name="version_retirada_con_motivo",
                violation_error_message="Para retirar una versión hace falta decir por qué.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.conjunto}, versión {self.numero}"

    def get_absolute_url(self) -> str:
        """Su identificador permanente: la dirección de su CSV."""
        return reverse("datos:version", args=(self.conjunto, self.numero, "csv"))


class DatoQuitado(models.Model):
    """Que en ese momento se quitó un dato de lo publicado, porque se testó o se retiró; no dice cuál.

    Quien guarda una versión mira, antes de anotarla, que no se haya quitado nada desde que empezó a leer:
    así ninguna nace con lo que se quitó mientras se escribía.
    """

    quitado_el = models.DateTimeField()
    motivo = models.CharField("por qué se quitó", max_length=300)

    class Meta:
        verbose_name = "dato quitado"
        verbose_name_plural = "datos quitados"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quitado_el:%Y-%m-%d %H:%M}: {self.motivo}"

    @classmethod
    def ultimo(cls) -> int:
        """El número del último; 0 si nunca se ha quitado nada."""
        return cls.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
