"""Cada importación: quién subió qué archivo, qué haría, qué hizo y con qué se deshace."""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from stl_portal.transiciones import CambioDeEstado, ConEstado

from . import registro
from .estados import EN_CURSO, EN_FILA, TRANSICIONES, EstadoImportacion
from .resultado import RECHAZADA, Cuenta, Suceso, descomprimir

TODO = "todo"  # lo que no es de un solo recurso


class ImportacionQuerySet(models.QuerySet["Importacion"]):
    """Preguntas sobre las importaciones."""

    def recientes(self) -> Self:
        """Lo último primero, con quién la subió."""
        return self.select_related("por").order_by("-pk")


class Importacion(ConEstado):
    """Un archivo que se subió para importarse."""

    TRANSICIONES = TRANSICIONES

    clave = models.UUIDField("clave", unique=True, default=uuid.uuid4, editable=False)
    estado = models.CharField(
        "estado", max_length=20, choices=EstadoImportacion, default=EstadoImportacion.RECIBIDA
    )
    recurso = models.CharField("qué trae", max_length=60)  # la clave de un recurso, o `TODO`
    archivo = models.CharField("nombre del archivo", max_length=255)
    formato = models.CharField("formato", max_length=4)
    huella = models.CharField("huella SHA-256 del archivo", max_length=64)
    renglones = models.PositiveIntegerField("renglones", default=0)
    resumen = models.JSONField("cuántos de cada recurso", default=list, blank=True)
    huella_de_lo_visto = models.CharField("huella de la vista previa", max_length=64, blank=True)
    motivo = models.TextField("por qué no se pudo", blank=True)
    por = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="quién la subió"
    )
    subida_el = models.DateTimeField("subida el")
    hecha_el = models.DateTimeField("hecha el", null=True, blank=True)

    objects = ImportacionQuerySet.as_manager()

    class Meta:
        verbose_name = "importación"
        verbose_name_plural = "importaciones"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.que_trae}: {self.archivo}"

    def get_absolute_url(self) -> str:
        """Donde se ve qué haría, en qué va y qué hizo."""
        return reverse("traspaso:importacion", args=(self.clave,))

    @cached_property
    def pidio(self) -> Any:
        """Quien la confirmó o pidió deshacerla; antes de eso, quien la subió."""
        pedidos = self.historia.filter(verbo__in=("confirmar", "pedir_deshacer")).select_related("por")
        ultimo = pedidos.last()
        return ultimo.por if ultimo else self.por

    @property
    def que_trae(self) -> str:
        """El nombre del recurso."""
        suyo = registro.de_clave(self.recurso)
        return suyo.nombre if suyo else "Todo" if self.recurso == TODO else self.recurso

    @property
    def cuentas(self) -> list[Cuenta]:
        """Cuántos renglones de cada recurso."""
        return [Cuenta(**cuenta) for cuenta in self.resumen]

    @property
    def en_proceso(self) -> bool:
        """Si está en fila o en curso: su página se refresca sola."""
        return self.estado in EN_FILA | EN_CURSO

    @property
    def en_fila(self) -> bool:
        """Si espera a que alguien la atienda."""
        return self.estado in EN_FILA

    @property
    def se_descarta(self) -> bool:
        """Si todavía se puede decir que ya no se quiere."""
        return self.puede("descartar")

    def sucesos(self, *que: str) -> Iterator[Suceso]:
        """Lo que pasó renglón por renglón, en orden; solo los que se digan."""
        for tanda in self.tandas.order_by("orden").iterator(chunk_size=20):
            yield from (s for s in descomprimir(bytes(tanda.contenido)) if not que or s.que in que)

    def errores(self) -> Iterator[Suceso]:
        """Los renglones que no pueden entrar."""
        return self.sucesos(RECHAZADA)

    def guardar_tandas(self, contenidos: Iterable[bytes]) -> None:
        """Las de lo último que se revisó o se hizo, en lugar de las de antes."""
        self.tandas.all().delete()
        filas = [Tanda(importacion=self, orden=n, contenido=c) for n, c in enumerate(contenidos)]
        Tanda.objects.bulk_create(filas, batch_size=50)

    def total(self, que: str) -> int:
        """La suma de una de las cuentas."""
        return sum(int(cuenta[que]) for cuenta in self.resumen)

    @property
    def nuevas(self) -> int:
        """Cuántos renglones nuevos."""
        return self.total("nuevas")

    @property
    def cambian(self) -> int:
        """Cuántos cambian."""
        return self.total("cambian")

    @property
    def iguales(self) -> int:
        """Cuántos quedan igual."""
        return self.total("iguales")

    @property
    def rechazadas(self) -> int:
        """Cuántos no pueden entrar."""
        return self.total("rechazadas")


class CambioImportacion(CambioDeEstado):
    """Historia de una importación."""

    objeto = models.ForeignKey(Importacion, on_delete=models.CASCADE, related_name="historia")


class Tanda(models.Model):
    """Una parte de lo que pasó renglón por renglón, comprimida."""

    importacion = models.ForeignKey(Importacion, on_delete=models.CASCADE, related_name="tandas")
    orden = models.PositiveIntegerField("orden")
    contenido = models.BinaryField("contenido")

    class Meta:
        verbose_name = "tanda de renglones importados"
        verbose_name_plural = "tandas de renglones importados"
        ordering = ("importacion", "orden")
        constraints = (models.UniqueConstraint(fields=("importacion", "orden"), name="tanda_una_por_orden"),)

    def __str__(self) -> str:
        return f"Tanda {self.orden} de {self.importacion}"


PRIVADAS: dict[str, Any] = dict.fromkeys(
    ("traspaso_importacion", "traspaso_cambioimportacion", "traspaso_tanda"), "De quien administra."
)
