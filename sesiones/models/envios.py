"""Lo que se envía una sola vez: repetir el mismo envío da la misma respuesta y no otra fila."""

import datetime as dt
from collections.abc import Callable

from django.db import models, transaction

VIGENCIA = dt.timedelta(days=7)  # más que el tiempo que alguien deja abierta una página


class Envio(models.Model):
    """Una forma ya atendida, reconocible por su huella, y a dónde llevó."""

    huella = models.CharField(max_length=64, unique=True, editable=False)
    destino = models.CharField(max_length=300, editable=False)
    cuando = models.DateTimeField(db_index=True, editable=False)

    class Meta:
        verbose_name = "envío atendido"
        verbose_name_plural = "envíos atendidos"

    def __str__(self) -> str:
        return self.destino

    @classmethod
    def atender(cls, huella: str, cuando: dt.datetime, hacer: Callable[[], str]) -> str:
        """Ejecuta `hacer` y devuelve la dirección que da; si ese envío ya se atendió, solo la devuelve.

        La huella y lo que hizo se guardan en la misma transacción: el segundo de dos envíos
        simultáneos espera al primero, y un envío rechazado se puede volver a mandar: si `hacer` lanza
        un error o devuelve vacío, no se da por atendido.
        """
        with transaction.atomic():
            envio, nuevo = cls.objects.get_or_create(huella=huella, defaults={"cuando": cuando})
            if nuevo:
                envio.destino = hacer()
                if not envio.destino:
                    envio.delete()
                    return ""
                envio.save(update_fields=["destino"])
                cls.objects.filter(cuando__lt=cuando - VIGENCIA).delete()
        return envio.destino
