"""El formato de indicadores: qué se pregunta cada bimestre, por versiones y con preguntas de cada eje."""

from django.db import models

from .plan import Eje, Plan


class Formato(models.Model):
    """Una versión del formato del plan. La que ya se usó en un reporte enviado no cambia: se hace otra.

    Fuente: «Indicadores de referencia», acta de la XVIII Sesión (6 categorías, 8 renglones).
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="formatos")
    version = models.PositiveSmallIntegerField("versión")
    nombre = models.CharField(max_length=200)
    fuente = models.CharField("documento de donde se tomó", max_length=300, blank=True)

    class Meta:
        verbose_name = "formato de indicadores"
        verbose_name_plural = "formatos de indicadores"
        ordering = ("version",)
        constraints = (models.UniqueConstraint(fields=("plan", "version"), name="formato_version_unica"),)

    def __str__(self) -> str:
        return f"{self.nombre} (versión {self.version})"


class RenglonFormato(models.Model):
    """Un indicador del formato, con su categoría y la pregunta que vale para los ejes sin una propia."""

    formato = models.ForeignKey(Formato, on_delete=models.CASCADE, related_name="renglones")
    orden = models.PositiveSmallIntegerField("número")
    categoria = models.CharField("categoría", max_length=120)
    indicador = models.CharField(max_length=250)
    pregunta = models.TextField(blank=True, help_text="Para los ejes que no tengan una propia.")
    unidad = models.CharField(
        max_length=60, blank=True, help_text="Si se responde con un número: personas, solicitudes…"
    )
    obligatorio = models.BooleanField("sin él no se envía", default=True)

    class Meta:
        verbose_name = "renglón del formato"
        verbose_name_plural = "renglones del formato"
        ordering = ("orden",)
        constraints = (models.UniqueConstraint(fields=("formato", "orden"), name="renglon_orden_unico"),)

    def __str__(self) -> str:
        return f"{self.orden}. {self.indicador}"

    def unidad_de(self, pregunta: "Pregunta | None") -> str:
        """En qué se cuenta la respuesta del eje; vacía si no pide un número."""
        return (pregunta.unidad if pregunta else "") or self.unidad


class Pregunta(models.Model):
    """La pregunta que un eje responde en un renglón, con su línea de base y su meta si las tiene."""

    renglon = models.ForeignKey(RenglonFormato, on_delete=models.CASCADE, related_name="preguntas")
    eje = models.ForeignKey(Eje, on_delete=models.CASCADE, related_name="preguntas")
    texto = models.TextField("pregunta")
    unidad = models.CharField(
        max_length=60, blank=True, help_text="Si el eje cuenta otra cosa que el renglón: sentencias, becas…"
    )
    linea_base = models.DecimalField("línea de base", max_digits=16, decimal_places=4, null=True, blank=True)
    meta = models.DecimalField(max_digits=16, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = "pregunta del eje"
        verbose_name_plural = "preguntas del eje"
        ordering = ("renglon__orden", "eje__numero")
        constraints = (models.UniqueConstraint(fields=("renglon", "eje"), name="pregunta_una_por_eje"),)

    def __str__(self) -> str:
        return self.texto
