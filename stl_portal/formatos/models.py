"""Un formato de transparencia, con lo que lleva cada una de sus columnas."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from stl_portal.datos.registro import CONJUNTOS, Conjunto, Tipo

from . import columnas


class Fechas(models.TextChoices):
    """Cómo se escriben las fechas en el archivo."""

    DIA_MES_ANO = "dma", "31/12/2026"
    ISO = "iso", "2026-12-31"


class Formato(models.Model):
    """Cómo se entrega un conjunto a quien lo pide con otros encabezados."""

    clave = models.SlugField("clave", max_length=60, unique=True, help_text="Va en la dirección de descarga.")
    nombre = models.CharField("nombre", max_length=200)
    fundamento = models.CharField(
        "quién lo pide",
        max_length=300,
        help_text="La obligación o la institución, con artículo y fracción.",
    )
    conjunto = models.CharField("conjunto de datos", max_length=60)
    fecha = models.CharField(
        "columna del periodo",
        max_length=60,
        help_text="La fecha que dice si una fila es del periodo; por ejemplo, «fecha».",
    )
    columnas = models.TextField(
        "columnas",
        max_length=20_000,
        help_text="Una por renglón, «Encabezado = columna». También puede ser un texto fijo entre comillas"
        " o @ejercicio, @desde, @hasta y @hecho. Las columnas de cada conjunto están en Datos abiertos.",
    )
    fechas = models.CharField(
        "cómo se escriben las fechas", max_length=3, choices=Fechas, default=Fechas.DIA_MES_ANO
    )
    vigente_desde = models.DateField("vigente desde")
    vigente_hasta = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        """Orden y nombre."""

        verbose_name = "formato de transparencia"
        verbose_name_plural = "formatos de transparencia"
        ordering = ("nombre", "pk")

    def __str__(self) -> str:
        return self.nombre

    def get_absolute_url(self) -> str:
        """Donde se elige el periodo y se descarga."""
        return reverse("formatos:formato", args=(self.clave,))

    def clean(self) -> None:
        """Que el conjunto exista, que la columna del periodo sea una fecha y que se entienda cada renglón."""
        conjunto = CONJUNTOS.get(self.conjunto)
        if conjunto is None:
            raise ValidationError({"conjunto": f"No hay ese conjunto. Hay: {', '.join(CONJUNTOS)}."})
        con_fecha = [c.nombre for c in conjunto.columnas if c.tipo is Tipo.FECHA]
        problemas: dict[str, list[str]] = {}
        if self.fecha not in con_fecha:
            hay = f"Las fechas de «{conjunto.titulo}» son: {', '.join(con_fecha) or 'ninguna'}."
            problemas["fecha"] = [hay]
        if self.vigente_hasta and self.vigente_desde and self.vigente_hasta < self.vigente_desde:
            problemas["vigente_hasta"] = ["Termina antes de empezar."]
        try:
            columnas.leer(self.columnas, conjunto)
        except ValidationError as error:
            problemas["columnas"] = error.messages
        if problemas:
            raise ValidationError(problemas)

    @property
    def de(self) -> Conjunto | None:
        """El conjunto del que sale; None si ya no existe."""
        return CONJUNTOS.get(self.conjunto)

    def dia(self, fecha: dt.date) -> str:
        """La fecha, como la pide."""
        return f"{fecha:%d/%m/%Y}" if self.fechas == Fechas.DIA_MES_ANO else fecha.isoformat()
