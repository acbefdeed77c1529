"""Lo que ocurre al tratar un punto: intervenciones, plazos, anexos y quién escribe a la vez."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sesiones.estados import EDITABLES
from stl_portal.archivo.models import Archivo
from stl_portal.versiones import ConVersion

from .agenda import Punto
from .sesiones import Sesion


class Intervencion(ConVersion):
    """Lo que dijo alguien en un punto. El nombre y la calidad quedan como estaban ese día."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="intervenciones")
    orden = models.PositiveSmallIntegerField(default=0)
    asistencia = models.ForeignKey(
        "sesiones.Asistencia", null=True, blank=True, on_delete=models.PROTECT, related_name="intervenciones"
    )
    quien = models.CharField("quién", max_length=200, help_text="Si no está en la lista, escribe su nombre.")
    calidad = models.CharField("en calidad de", max_length=200, blank=True)
    texto = models.TextField(blank=True)
    literal = models.BooleanField("es cita literal", default=False)

    EDITABLE_SI = Q(punto__sesion__estado__in=EDITABLES)

    class Meta:
        verbose_name = "intervención"
        verbose_name_plural = "intervenciones"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.quien

    @classmethod
    def agregar(cls, punto: Punto, *, asistencia: Any = None, quien: str = "", **campos: Any) -> Self:
        """Agrega al final del punto, con el nombre congelado de la lista de asistencia."""
        if asistencia is not None:
            quien = asistencia.apelativo
            campos.setdefault("calidad", asistencia.calidad_larga)
        with punto.sesion.en_edicion():
            orden = punto.intervenciones.count() + 1
            fila = cls(punto=punto, asistencia=asistencia, quien=quien, orden=orden, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Borra lo dicho, mientras la sesión se pueda editar."""
        with self.punto.sesion.en_edicion():
            self.delete()


class Plazo(models.Model):
    """Compromiso de fecha: literal y fecha por separado; una prórroga conserva la original."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="plazos")
    acuerdo = models.ForeignKey(
        "sesiones.Acuerdo", null=True, blank=True, on_delete=models.CASCADE, related_name="plazos"
    )
    concepto = models.CharField("qué vence", max_length=250)
    literal = models.CharField("como se dijo", max_length=250, blank=True)
    fecha = models.DateField("fecha límite", null=True, blank=True)
    fecha_original = models.DateField("fecha original, si es prórroga", null=True, blank=True)

    class Meta:
        verbose_name = "plazo"
        verbose_name_plural = "plazos"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(literal="") | Q(fecha__isnull=False),
                name="plazo_con_literal_o_fecha",
                violation_error_message="Escribe el plazo como se dijo, su fecha, o ambos.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.concepto}: {self.fecha or self.literal}"

    def clean(self) -> None:
        """Un plazo no vence antes de acordarse, ni una prórroga acorta lo que amplía."""
        super().clean()
        if self.fecha and self.fecha < self.punto.sesion.fecha:
            raise ValidationError({"fecha": "La fecha límite es anterior a la sesión: revisa el año."})
        if self.fecha and self.fecha_original and self.fecha < self.fecha_original:
            raise ValidationError({"fecha": "Una prórroga va después de la fecha original."})

    @classmethod
    def fijar(cls, punto: Punto, **campos: Any) -> Self:
        """Agrega un plazo o prórroga al punto."""
        with punto.sesion.en_edicion():
            fila = cls(punto=punto, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Borra un plazo anotado por error."""
        with self.punto.sesion.en_edicion():
            self.delete()

    @property
    def es_prorroga(self) -> bool:
        """Si movió una fecha anterior."""
        return self.fecha_original is not None and self.fecha_original != self.fecha


class Anexo(models.Model):
    """Documento que se agrega al acta, a un punto o a un acuerdo."""

    sesion = models.ForeignKey(Sesion, on_delete=models.PROTECT, related_name="anexos")
    punto = models.ForeignKey(Punto, null=True, blank=True, on_delete=models.PROTECT, related_name="anexos")
    acuerdo = models.ForeignKey(
        "sesiones.Acuerdo", null=True, blank=True, on_delete=models.PROTECT, related_name="anexos"
    )
    orden = models.PositiveSmallIntegerField(default=0)
    titulo = models.CharField("título", max_length=300)
    archivo = models.ForeignKey(
        Archivo, null=True, blank=True, on_delete=models.PROTECT, related_name="anexos"
    )

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ("orden", "pk")

    def __str__(self) -> str:
        return self.titulo

    @classmethod
    def agregar(cls, punto: Punto, **campos: Any) -> Self:
        """Agrega un documento al punto, después de los que la sesión ya tiene."""
        with punto.sesion.en_edicion() as sesion:
            fila = cls(sesion=sesion, punto=punto, orden=sesion.anexos.count() + 1, **campos)
            fila.full_clean()
            fila.save()
        return fila

    def quitar(self) -> None:
        """Lo quita de la sesión; el archivo recibido se conserva en el almacén."""
        with self.sesion.en_edicion():
            self.delete()


class Presencia(models.Model):
    """Quién está escribiendo en qué punto; solo informa, no bloquea."""

    punto = models.ForeignKey(Punto, on_delete=models.CASCADE, related_name="presencias")
    usuario = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    visto = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("punto", "usuario"), name="presencia_unica"),)

    def __str__(self) -> str:
        return f"{self.usuario} en {self.punto_id}"

    @classmethod
    def otras(cls, punto: Punto, usuario: Any, ahora: dt.datetime) -> list[str]:
        """Nombres de quienes escriben en el mismo punto (vistos en los últimos 40 segundos)."""
        desde = ahora - dt.timedelta(seconds=40)
        filas = cls.objects.filter(punto=punto, visto__gte=desde).exclude(usuario=usuario)
        return [str(fila.usuario) for fila in filas.select_related("usuario")]
