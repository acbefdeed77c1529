"""Lo que se puede encontrar en el portal. No es fuente de nada: `manage.py reindexar` lo rehace entero."""

from django.db import models


class Hallable(models.Model):
    """Un lugar público al que se llega buscando: un párrafo de un acta, un acuerdo, un municipio.

    `numero` sale de la fecha y de la clave (`stl_portal/buscador/numero.py`): ordena primero lo real y, de
    ello, lo más reciente, sin otro índice. `grupo` es lo que se publica y se retira junto. `raices` lleva
    tres renglones: las del título, las del texto y las de dónde sale.
    """

    numero = models.BigIntegerField(primary_key=True)
    clave = models.CharField(max_length=240, unique=True)
    grupo = models.CharField(max_length=200, db_index=True)
    clase = models.CharField(max_length=20)
    organo = models.CharField("clave del órgano", max_length=80, blank=True)
    fecha = models.DateField("de cuándo es", null=True)
    ficticio = models.BooleanField(default=False)
    titulo = models.TextField("título")
    texto = models.TextField(blank=True)
    url = models.TextField("dirección")
    de_donde = models.TextField("de dónde sale", blank=True)
    raices = models.TextField("raíces")

    class Meta:
        verbose_name = "lugar del índice"
        verbose_name_plural = "lugares del índice"
        ordering = ("-numero",)
        indexes = (
            models.Index(fields=("clase", "-numero"), name="hallable_por_clase"),
            models.Index(fields=("organo", "-numero"), name="hallable_por_organo"),
        )

    def __str__(self) -> str:
        return self.titulo


class Vocablo(models.Model):
    """Una palabra que se leyó en algo publicado, sin acentos ni mayúsculas."""

    palabra = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = "palabra"
        verbose_name_plural = "palabras"
        ordering = ("palabra",)

    def __str__(self) -> str:
        return self.palabra
