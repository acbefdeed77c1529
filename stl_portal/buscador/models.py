"""Lo que se puede encontrar en el portal. No es fuente de nada: `manage.py reindexar` lo rehace entero."""

from django.db import models


class Hallable(models.Model):
    """Un lugar público al que se llega buscando: un párrafo de un acta, un acuerdo, un municipio.

    `numero` sale de la fecha y de la clave (`stl_portal/buscador/numero.py`): ordena primero lo real y, de
    ello, lo más reciente, sin otro índice. `grupo` es lo que se publica y se retira junto. `objeto` es la
    clave primaria de lo que se encuentra, si alguna lista filtra por palabras (`filtrar.py`).
    """

    numero = models.BigIntegerField(primary_key=True)
    clave = models.CharField(max_length=240, unique=True)
    grupo = models.CharField(max_length=200, db_index=True)
    clase = models.CharField(max_length=20)
    organo = models.CharField("clave del órgano", max_length=80, blank=True)
    fecha = models.DateField("de cuándo es", null=True)
    ficticio = models.BooleanField(default=False)
    objeto = models.BigIntegerField("clave primaria de lo hallado", null=True)
    titulo = models.TextField("título")
    texto = models.TextField(blank=True)
    url = models.TextField("dirección")
    de_donde = models.TextField("de dónde sale", blank=True)
    raices_titulo = models.TextField("raíces del título", blank=True)
    raices_texto = models.TextField("raíces del texto", blank=True)
    raices_de_donde = models.TextField("raíces de dónde sale", blank=True)

    class Meta:
        verbose_name = "lugar del índice"
        verbose_name_plural = "lugares del índice"
        ordering = ("-numero",)

    def __str__(self) -> str:
        return self.titulo


class Pendiente(models.Model):
    """Un grupo que cambió y todavía no se rehace. Solo se agregan filas: anotar nunca espera a nadie."""

    grupo = models.CharField(max_length=200)

    class Meta:
        verbose_name = "grupo por rehacer"
        verbose_name_plural = "grupos por rehacer"

    def __str__(self) -> str:
        return self.grupo


class Vocablo(models.Model):
    """Una palabra que se leyó en algo publicado, sin acentos ni mayúsculas."""

    palabra = models.CharField(max_length=40, primary_key=True)

    class Meta:
        verbose_name = "palabra"
        verbose_name_plural = "palabras"
        ordering = ("palabra",)

    def __str__(self) -> str:
        return self.palabra
