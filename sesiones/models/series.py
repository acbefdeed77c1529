"""La numeración de las sesiones: una secuencia bloqueada por serie, sin huecos ni repetidos."""

import datetime as dt

from django.db import models, transaction
from django.db.models import F

from sesiones.estados import TipoSesion

from .organos import Organo
from .reglas import Regla, Reinicio


class Serie(models.Model):
    """Último número dado en una serie de un órgano. Se bloquea al tomar el siguiente."""

    organo = models.ForeignKey(Organo, on_delete=models.CASCADE, related_name="series")
    nombre = models.CharField(max_length=60)
    ultimo = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "serie"
        constraints = (models.UniqueConstraint(fields=("organo", "nombre"), name="serie_unica_por_organo"),)

    def __str__(self) -> str:
        return f"{self.nombre}: {self.ultimo}"

    @classmethod
    def siguiente(cls, organo: Organo, nombre: str) -> int:
        """Toma el siguiente número: sin huecos ni repetidos aunque lleguen muchas a la vez.

        La fila queda bloqueada hasta que termine la transacción de quien llama; si esa
        transacción se deshace, el número vuelve a estar libre.
        """
        with transaction.atomic():
            cls.objects.get_or_create(organo=organo, nombre=nombre)
            cls.objects.filter(organo=organo, nombre=nombre).update(ultimo=F("ultimo") + 1)
            return cls.objects.get(organo=organo, nombre=nombre).ultimo

    @classmethod
    def proximo(cls, organo: Organo, nombre: str) -> int:
        """El número que tocaría, sin tomarlo (para proponerlo)."""
        serie = cls.objects.filter(organo=organo, nombre=nombre).first()
        return (serie.ultimo if serie else 0) + 1

    @classmethod
    def alcanzar(cls, organo: Organo, nombre: str, numero: int) -> None:
        """Deja la serie al menos en `numero` (sesiones históricas capturadas a mano)."""
        cls.objects.get_or_create(organo=organo, nombre=nombre)
        cls.objects.filter(organo=organo, nombre=nombre, ultimo__lt=numero).update(ultimo=numero)


def serie_de(regla: Regla, tipo: str, fecha: dt.date) -> str:
    """Nombre de la serie de sesiones según la regla de numeración del órgano."""
    partes = ["sesion"]
    if regla.reinicio_por_tipo or tipo == TipoSesion.TRABAJO:
        partes.append(tipo)
    if regla.reinicio == Reinicio.ANIO:
        partes.append(str(fecha.year))
    elif regla.reinicio == Reinicio.PERIODO:
        partes.append(str(regla.vigente_desde or "inicio"))
    return ":".join(partes)
